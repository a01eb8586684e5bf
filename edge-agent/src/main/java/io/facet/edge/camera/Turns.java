package io.facet.edge.camera;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Shares a box's time for analysis among its cameras: {@link FairQueue} says whose turn it is,
 * {@link Pace} how many frames of each camera are looked at when not all can be. Thread-safe.
 */
public final class Turns {
    /** Of all turns; the rest is for decoding, events and the hub. */
    private static final double USABLE = 0.85;

    private final int atOnce;
    private final LongSupplier nanos;
    private final FairQueue queue;
    private final List<Lane> lanes = new ArrayList<>();

    /** One camera's access; used by its analysis thread. */
    public final class Lane implements AutoCloseable {
        private final FairQueue.Place place = new FairQueue.Place();
        private final Pace pace = new Pace();
        private volatile double budget = Double.POSITIVE_INFINITY;
        private long begun;
        private long missedBefore;

        private Lane() {}

        /**
         * Bounds what this camera uses however idle the others are.
         *
         * @param seconds of analysis a second; infinite for no bound
         */
        void limit(double seconds) {
            budget = seconds;
        }

        /**
         * Whether a frame worth looking at is looked at, or passed over to lighten the load.
         *
         * @param missed frames so far that were given up before they could be offered
         */
        boolean isDue(boolean urgent, long missed) {
            synchronized (Turns.this) {
                long now = nanos.getAsLong();
                pace.offered(now, missed - missedBefore);
                missedBefore = missed;
                return pace.isDue(now, level(now), budget, urgent);
            }
        }

        /** Waits for a turn; to be followed by {@link #leave}. */
        void enter(boolean urgent) throws InterruptedException {
            synchronized (Turns.this) {
                queue.arrive(place, urgent);
                try {
                    while (queue.next().filter(p -> p == place).isEmpty()) {
                        Turns.this.wait();
                    }
                } catch (InterruptedException stop) {
                    queue.giveUp(place);
                    Turns.this.notifyAll();
                    throw stop;
                }
                queue.begin(place);
                begun = nanos.getAsLong();
                // There may be a turn left for the next in the queue.
                Turns.this.notifyAll();
            }
        }

        /**
         * Ends the turn.
         *
         * @param cost processor time that it took, nanoseconds
         */
        void leave(long cost) {
            synchronized (Turns.this) {
                queue.end(place, cost);
                pace.spent(nanos.getAsLong() - begun);
                Turns.this.notifyAll();
            }
        }

        /** Whether the cameras want more than there is, so that what can wait should. */
        boolean isPressed() {
            synchronized (Turns.this) {
                return queue.waiting() > 0 || level(nanos.getAsLong()) < Double.POSITIVE_INFINITY;
            }
        }

        @Override
        public void close() {
            synchronized (Turns.this) {
                lanes.remove(this);
            }
        }
    }

    /**
     * Turns for cameras.
     *
     * @param atOnce frames looked at at a time: as many as there are cores
     * @param nanos the monotonic clock
     */
    public Turns(int atOnce, LongSupplier nanos) {
        this.atOnce = atOnce;
        this.nanos = nanos;
        this.queue = new FairQueue(atOnce);
    }

    /** One turn at a time for each of this machine's cores. */
    public static Turns ofThisMachine() {
        return new Turns(Runtime.getRuntime().availableProcessors(), System::nanoTime);
    }

    /** Access for one more camera. */
    synchronized Lane lane() {
        Lane lane = new Lane();
        lanes.add(lane);
        return lane;
    }

    private double level(long now) {
        double[] demands = lanes.stream().mapToDouble(lane -> lane.pace.demand(now)).toArray();
        return Pace.level(demands, USABLE * atOnce);
    }
}
