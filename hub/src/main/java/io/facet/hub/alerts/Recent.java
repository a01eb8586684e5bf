package io.facet.hub.alerts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Durations of the last minutes, counted in buckets that grow by a tenth: a percentile is given as
 * its bucket's upper edge and so at most a tenth too large. Old slices of time fall off.
 * Thread-safe.
 */
final class Recent {
    private static final int SLICES = 12;
    private static final double FIRST = 0.0001;
    private static final double GROWTH = 1.1;
    private static final int BUCKETS = 160;

    private final Duration window;
    private final InstantSource clock;
    private final Deque<Slice> slices = new ArrayDeque<>();

    Recent(Duration window, InstantSource clock) {
        this.window = window;
        this.clock = clock;
    }

    @SuppressWarnings("ArrayRecordComponent") // counted up in place, never compared
    private record Slice(Instant from, int[] counts) {}

    /**
     * What the window holds.
     *
     * @param p95 seconds; 0 without any
     */
    record Summary(int count, double p95) {}

    synchronized void add(Duration took) {
        Instant now = clock.instant();
        Slice last = slices.peekLast();
        if (last == null || !now.isBefore(last.from().plus(window.dividedBy(SLICES)))) {
            last = new Slice(now, new int[BUCKETS]);
            slices.add(last);
        }
        last.counts()[bucket(took)]++;
        expire(now);
    }

    synchronized Summary summary() {
        expire(clock.instant());
        int[] counts = new int[BUCKETS];
        int total = 0;
        for (Slice slice : slices) {
            for (int i = 0; i < BUCKETS; i++) {
                counts[i] += slice.counts()[i];
                total += slice.counts()[i];
            }
        }
        return new Summary(total, percentile(counts, total));
    }

    private static double percentile(int[] counts, int total) {
        double rank = 0.95 * total;
        int below = 0;
        for (int i = 0; i < BUCKETS && total > 0; i++) {
            below += counts[i];
            if (below >= rank) {
                return FIRST * Math.pow(GROWTH, i);
            }
        }
        return 0;
    }

    private void expire(Instant now) {
        while (!slices.isEmpty() && slices.peek().from().isBefore(now.minus(window))) {
            slices.remove();
        }
    }

    private static int bucket(Duration took) {
        double seconds = took.toNanos() / 1e9;
        int bucket = (int) Math.ceil(Math.log(Math.max(seconds, FIRST) / FIRST) / Math.log(GROWTH));
        return Math.min(bucket, BUCKETS - 1);
    }
}
