package io.facet.edge.camera;

import io.facet.model.CameraId;
import java.time.Instant;
import java.util.Locale;

/**
 * How a camera is.
 *
 * @param reason why it is in this state, for people; empty while all is well; holds no passwords
 * @param width of its pictures in pixels, 0 before the first
 * @param height of its pictures in pixels, 0 before the first
 * @param framesPerSecond delivered lately
 * @param since when it came into this state
 * @param counts of its frames and faces
 * @param rulesRevision of the rules it runs under
 */
public record CameraStatus(
        CameraId camera,
        State state,
        String reason,
        int width,
        int height,
        float framesPerSecond,
        Instant since,
        CameraCounters.Snapshot counts,
        long rulesRevision) {
    /** What a camera is doing. */
    public enum State {
        CONNECTING,
        STREAMING,
        STALLED,
        FAILED,
        STOPPED;

        /** snake_case, as on the wire. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
