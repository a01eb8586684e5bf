package io.facet.hub.security;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How guessing is slowed: some tries are free, then each further one doubles the wait. Counted by
 * user name whether or not there is such a user, so that nothing is learnt about who there is.
 *
 * @param failures since the last success
 * @param lockedUntil no try before
 */
public record LockOut(int failures, Optional<Instant> lockedUntil) {
    /** Nobody has failed. */
    public static final LockOut NONE = new LockOut(0, Optional.empty());

    /** After so long without a failure all is forgotten. */
    public static final Duration MEMORY = Duration.ofDays(1);

    private static final int FREE = 5;
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** How long to wait; zero when a try is free. */
    public Duration wait(Instant now) {
        return lockedUntil
                .filter(now::isBefore)
                .map(until -> Duration.between(now, until))
                .orElse(Duration.ZERO);
    }

    /** One try more, counted before it is made, so that a thousand at a time gain nothing. */
    public LockOut tried(Instant now) {
        int count = failures + 1;
        if (count < FREE) {
            return new LockOut(count, Optional.empty());
        }
        Duration lock = FIRST.multipliedBy(1L << Math.min(count - FREE, 10));
        return new LockOut(
                count, Optional.of(now.plus(lock.compareTo(LONGEST) < 0 ? lock : LONGEST)));
    }
}
