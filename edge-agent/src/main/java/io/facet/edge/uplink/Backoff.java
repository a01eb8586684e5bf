package io.facet.edge.uplink;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits between attempts: doubling from 0.5 s to 30 s, spread so that boxes do not march in step.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final RandomGenerator random = RandomGenerator.getDefault();
    private Duration next = FIRST;

    /** The next wait: between half and all of the present step. */
    Duration next() {
        Duration step = next;
        Duration doubled = step.multipliedBy(2);
        next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return Duration.ofMillis(random.nextLong(step.toMillis() / 2, step.toMillis() + 1));
    }

    void reset() {
        next = FIRST;
    }
}
