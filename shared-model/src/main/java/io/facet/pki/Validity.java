package io.facet.pki;

import java.time.Duration;
import java.time.Instant;

/** From when until when a certificate counts. */
public record Validity(Instant from, Instant until) {
    /** How far clocks may be apart. */
    private static final Duration SLACK = Duration.ofHours(1);

    /** Checks the order. */
    public Validity {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("a certificate must end after it begins");
        }
    }

    /** From now on, and a little before, for clocks that are late. */
    public static Validity starting(Instant now, Duration lifetime) {
        return new Validity(now.minus(SLACK), now.plus(lifetime));
    }
}
