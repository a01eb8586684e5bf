package io.facet.hub.events;

import io.facet.model.FaceEvent.Header;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** When an event happened by the hub's clock, as well as that can be told. Stateless. */
final class EventClock {
    /** How long a box may have been away and still be believed. */
    private static final Duration LONGEST_ABSENCE = Duration.ofDays(400);

    /** How far ahead a box's clock may be and still be believed. */
    private static final Duration FURTHEST_AHEAD = Duration.ofDays(1);

    private EventClock() {}

    /**
     * The capture time, corrected by the box's measured offset; the time of receipt where that is
     * absurd. Microseconds, as stored.
     */
    static Instant occurredAt(Header header, Instant receivedAt) {
        Duration offset = header.clockOffset();
        Instant captured = offset == null ? header.capturedAt() : header.capturedAt().plus(offset);
        boolean absurd =
                captured.isBefore(receivedAt.minus(LONGEST_ABSENCE))
                        || captured.isAfter(receivedAt.plus(FURTHEST_AHEAD));
        return (absurd ? receivedAt : captured).truncatedTo(ChronoUnit.MICROS);
    }
}
