package io.facet.bench;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Latencies in steps of 50 microseconds up to 30 seconds. Thread-safe, without locks. */
final class LatencyHistogram {
    private static final long STEP_NANOS = 50_000;
    private static final int STEPS = 600_000;

    private final AtomicLongArray counts = new AtomicLongArray(STEPS + 1);
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong max = new AtomicLong();

    void add(long nanos) {
        counts.incrementAndGet((int) Math.min(STEPS, Math.max(0, nanos) / STEP_NANOS));
        total.incrementAndGet();
        max.accumulateAndGet(nanos, Math::max);
    }

    long count() {
        return total.get();
    }

    double maxMs() {
        return max.get() / 1e6;
    }

    /** The end of the step that holds the latency which this share of all is at or below. */
    double percentileMs(double percent) {
        long wanted = (long) Math.ceil(percent / 100 * total.get());
        long seen = 0;
        for (int i = 0; i <= STEPS; i++) {
            seen += counts.get(i);
            if (seen >= wanted && seen > 0) {
                return (i + 1) * STEP_NANOS / 1e6;
            }
        }
        return 0;
    }
}
