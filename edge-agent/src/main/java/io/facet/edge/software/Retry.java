package io.facet.edge.software;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * When to try again: after waits that double from 2 s to 10 min, spread so that boxes do not march
 * in step. Not thread-safe.
 */
final class Retry {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final LongSupplier nanos;
    private final RandomGenerator random;
    private Duration step = FIRST;
    private long due;

    Retry(LongSupplier nanos, RandomGenerator random) {
        this.nanos = nanos;
        this.random = random;
        this.due = nanos.getAsLong();
    }

    boolean due() {
        return nanos.getAsLong() - due >= 0;
    }

    /** It failed: next after between half and all of the present step. */
    void failed() {
        long longest = step.toNanos();
        due = nanos.getAsLong() + random.nextLong(longest / 2, longest + 1);
        Duration doubled = step.multipliedBy(2);
        step = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    /** It went on; also when the hub asks for something else. */
    void reset() {
        step = FIRST;
        due = nanos.getAsLong();
    }
}
