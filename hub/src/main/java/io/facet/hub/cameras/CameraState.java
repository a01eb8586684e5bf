package io.facet.hub.cameras;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How a camera does, as its box last said.
 *
 * @param reason why it does not stream; empty while it does
 * @param width of its pictures in pixels, 0 while unknown
 * @param framesPerSecond as captured, 0 while unknown
 * @param since when this status began; empty while it was never reported
 * @param rulesRevision of the rules it runs under; 0 before any
 * @param funnel what it has counted; empty when its box does not say
 */
public record CameraState(
        Status status,
        String reason,
        int width,
        int height,
        float framesPerSecond,
        Optional<Instant> since,
        long rulesRevision,
        Optional<Funnel> funnel) {
    /** What a box says before it has said anything. */
    public static final CameraState NEVER_REPORTED =
            new CameraState(
                    Status.PENDING,
                    "waiting for the edge agent to report",
                    0,
                    0,
                    0,
                    Optional.empty(),
                    0,
                    Optional.empty());

    /** The same with the rules and counts that another one had. */
    CameraState counting(CameraState before) {
        return new CameraState(
                status,
                reason,
                width,
                height,
                framesPerSecond,
                since,
                before.rulesRevision,
                before.funnel);
    }

    /** States of a camera. */
    public enum Status {
        /** The box has not taken it up yet. */
        PENDING,
        CONNECTING,
        STREAMING,
        /** Connected, without new pictures. */
        STALLED,
        FAILED,
        STOPPED,
        /** The box itself is away. */
        OFFLINE;

        /** snake_case. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
