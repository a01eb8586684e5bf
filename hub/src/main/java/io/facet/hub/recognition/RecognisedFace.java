package io.facet.hub.recognition;

import io.facet.model.FaceEvent.ExpressionScore;
import io.facet.model.FaceId;
import io.facet.model.Liveness;
import io.facet.model.PersonId;
import io.facet.model.Quality;
import io.facet.vision.detect.DetectedFace;
import java.util.List;

/**
 * One face of a picture.
 *
 * @param candidates the nearest people, best first, whatever the decision; empty for a spoof
 */
public record RecognisedFace(
        DetectedFace face,
        Quality quality,
        Liveness liveness,
        List<ExpressionScore> expressions,
        Decision decision,
        List<Candidate> candidates) {
    public RecognisedFace {
        expressions = List.copyOf(expressions);
        candidates = List.copyOf(candidates);
    }

    /**
     * One person, by the best of their faces.
     *
     * @param confidence calibrated, 0 to 1
     * @param similarity raw cosine, -1 to 1
     */
    public record Candidate(
            PersonId person, FaceId face, String name, float confidence, float similarity) {}

    /** Who it is. */
    public sealed interface Decision {
        /** One person, clearly. */
        record Known(Candidate best) implements Decision {}

        /** Nobody reaches the threshold. */
        record Unknown() implements Decision {}

        /** Two people reach the threshold within the margin. */
        record Ambiguous() implements Decision {}

        /** Not matched: the picture is too poor. */
        record TooPoor() implements Decision {}

        /** Not matched: the face is not of someone present. */
        record Spoof() implements Decision {}
    }
}
