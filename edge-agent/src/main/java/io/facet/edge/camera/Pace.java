package io.facet.edge.camera;

import java.time.Duration;
import java.util.Arrays;

/**
 * How many of a camera's frames are looked at. What a camera would use is what its frames cost
 * times how often they come; what it may use is a fair share of the box; when it would use more,
 * frames are passed over evenly, never below a least rate that keeps tracks together. Costs count
 * by the clock: a turn that is held is a turn that others lack, whatever else slows the machine.
 * Not thread-safe.
 */
final class Pace {
    /** Looks a second that every camera gets, as far as turns go round. */
    static final double LEAST_RATE = 3;

    /** Of an urgent frame's kind, at least every other one is looked at. */
    private static final double URGENT_SHARE = 0.5;

    /** Frames that a camera may have in hand after it had to wait. */
    private static final double MOST_EARNED = 2;

    private static final double SMOOTHING = 0.1;
    private static final long SILENCE = Duration.ofSeconds(2).toNanos();

    private double cost;
    private double period;
    private long lastOffer = Long.MIN_VALUE;
    private double earned;
    private long frames;

    /**
     * A frame is there that is worth looking at.
     *
     * @param missed frames that came and went since the last one, while the camera was at work
     */
    void offered(long nanos, long missed) {
        frames = 1 + missed;
        if (lastOffer != Long.MIN_VALUE && nanos - lastOffer < SILENCE) {
            double seconds = (nanos - lastOffer) / 1e9 / frames;
            period = period == 0 ? seconds : period + SMOOTHING * (seconds - period);
        }
        lastOffer = nanos;
    }

    /** A frame has been looked at. */
    void spent(long nanos) {
        double seconds = nanos / 1e9;
        cost = cost == 0 ? seconds : cost + SMOOTHING * (seconds - cost);
    }

    /** What every frame of this camera would take: seconds of turns a second. */
    double demand(long nanos) {
        boolean silent = lastOffer == Long.MIN_VALUE || nanos - lastOffer >= SILENCE;
        return silent || period <= 0 ? 0 : cost / period;
    }

    /**
     * Whether the frame just offered is looked at.
     *
     * @param level seconds of turns a second that any camera may use now
     * @param budget and at most this one, whatever the others do
     */
    boolean isDue(long nanos, double level, double budget, boolean urgent) {
        double demand = demand(nanos);
        double share = demand <= 0 ? 1 : Math.min(1, level / demand);
        if (urgent) {
            share = Math.max(share, URGENT_SHARE);
        }
        if (demand > 0) {
            share = Math.min(share, budget / demand);
        }
        share = Math.max(share, Math.min(1, LEAST_RATE * period));
        earned = Math.min(MOST_EARNED, earned + share * frames);
        // Shares add up with rounding: three thirds are one.
        if (earned < 1 - 1e-9) {
            return false;
        }
        earned -= 1;
        return true;
    }

    /**
     * The max-min fair level: demands below it are met in full, what they leave is divided among
     * the others; infinite when all can be met.
     */
    static double level(double[] demands, double capacity) {
        double[] sorted = demands.clone();
        Arrays.sort(sorted);
        double left = capacity;
        for (int i = 0; i < sorted.length; i++) {
            double each = left / (sorted.length - i);
            if (sorted[i] > each) {
                return each;
            }
            left -= sorted[i];
        }
        return Double.POSITIVE_INFINITY;
    }
}
