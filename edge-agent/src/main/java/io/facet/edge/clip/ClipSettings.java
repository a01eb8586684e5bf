package io.facet.edge.clip;

import io.facet.config.FacetConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * Which films are made.
 *
 * @param before what is shown before the event
 * @param after and after it
 * @param framesPerSecond pictures taken
 * @param maxWidth of a picture, in pixels
 * @param unknown whether unknown faces have films too
 * @param memoryBytes most bytes of pictures held for one camera
 */
public record ClipSettings(
        Duration before,
        Duration after,
        double framesPerSecond,
        int maxWidth,
        boolean unknown,
        int memoryBytes) {
    /**
     * How long after its moment an event may come and still find that moment on the reel: a face is
     * named within a second or two of its first good look.
     */
    private static final Duration LATE = Duration.ofSeconds(5);

    /** As config.json says; empty where no films are made. */
    public static Optional<ClipSettings> of(FacetConfig config) {
        FacetConfig.Clips clips = config.clips();
        return clips.enabled()
                ? Optional.of(
                        new ClipSettings(
                                clips.secondsBefore(),
                                clips.secondsAfter(),
                                clips.framesPerSecond(),
                                clips.maxWidth(),
                                clips.unknown(),
                                clips.memoryBytes()))
                : Optional.empty();
    }

    /** How far back a reel reaches. */
    Duration reach() {
        return before.plus(after).plus(LATE);
    }

    /** How long a picture is shown. */
    Duration period() {
        return Duration.ofNanos((long) (1e9 / framesPerSecond));
    }
}
