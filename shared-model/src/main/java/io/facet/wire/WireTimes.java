package io.facet.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Times on the wire: microseconds. Finer parts are cut. What is read is bounded, so that whoever
 * reckons with it or stores it meets no overflow: a box's clock may be wrong by years, not by
 * millennia. Stateless.
 */
public final class WireTimes {
    private static final long YEAR = ChronoUnit.YEARS.getDuration().toSeconds() * 1_000_000;

    /** About the year 2970. */
    private static final long LATEST = 1_000 * YEAR;

    private WireTimes() {}

    /** Microseconds since the epoch. */
    public static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    /** Microseconds. */
    public static long micros(Duration duration) {
        return duration.dividedBy(ChronoUnit.MICROS.getDuration());
    }

    /**
     * Microseconds since the epoch.
     *
     * @throws IllegalArgumentException before 1970, and in the far future
     */
    public static Instant instant(long micros) {
        if (micros < 0 || micros > LATEST) {
            throw new IllegalArgumentException(micros + " is no time of this millennium");
        }
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /**
     * Microseconds.
     *
     * @throws IllegalArgumentException beyond a thousand years
     */
    public static Duration duration(long micros) {
        if (micros < -LATEST || micros > LATEST) {
            throw new IllegalArgumentException(micros + " is longer than a thousand years");
        }
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
