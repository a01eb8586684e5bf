package io.facet.edge.camera;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits between attempts to reconnect: doubling from one second to a limit, each shortened at
 * random by up to a half, so that cameras behind one switch do not all come back at once. One
 * thread.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 20;

    private final Duration limit;
    private final RandomGenerator random;
    private int attempts;

    Backoff(Duration limit, RandomGenerator random) {
        this.limit = limit;
        this.random = random;
    }

    /** The next wait; at least half a second, at most the limit. */
    Duration next() {
        long doubled = FIRST.toMillis() << Math.min(attempts++, MOST_DOUBLINGS);
        long most = Math.min(doubled, Math.max(limit.toMillis(), FIRST.toMillis()));
        return Duration.ofMillis(most - random.nextLong(most / 2 + 1));
    }

    /** The camera has been well for a while. */
    void reset() {
        attempts = 0;
    }
}
