package io.facet.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Times on the wire: microseconds. Finer parts are cut. What is read is brought into a thousand
 * years, so that whoever reckons with it or stores it meets no overflow: a box with an absurd clock
 * is heard all the same. Stateless.
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

    /** Microseconds since the epoch; not before 1970, nor after a thousand years. */
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(Math.clamp(micros, 0, LATEST), ChronoUnit.MICROS);
    }

    /** Microseconds; a thousand years at most. */
    public static Duration duration(long micros) {
        return Duration.of(Math.clamp(micros, -LATEST, LATEST), ChronoUnit.MICROS);
    }
}
