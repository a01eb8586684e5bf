package io.facet.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times on the wire: microseconds. Finer parts are cut. Stateless. */
public final class WireTimes {
    private WireTimes() {}

    /** Microseconds since the epoch. */
    public static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    /** Microseconds. */
    public static long micros(Duration duration) {
        return duration.dividedBy(ChronoUnit.MICROS.getDuration());
    }

    /** Microseconds since the epoch. */
    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** Microseconds. */
    public static Duration duration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
