package io.facet.vision.pipeline;

import io.facet.model.Embedding;
import io.facet.model.FaceEvent.ExpressionScore;
import io.facet.model.Liveness;
import io.facet.model.Quality;
import io.facet.vision.detect.DetectedFace;
import java.util.List;

/** What became of one detected face. */
public sealed interface FaceOutcome {
    DetectedFace face();

    Quality quality();

    /** Fit to match or enrol. */
    record Ready(
            DetectedFace face,
            Quality quality,
            Liveness liveness,
            Embedding embedding,
            List<ExpressionScore> expressions)
            implements FaceOutcome {
        public Ready {
            expressions = List.copyOf(expressions);
        }
    }

    /** Below the quality limits asked for; {@link Quality#failures} says which. */
    record TooPoor(DetectedFace face, Quality quality) implements FaceOutcome {}

    /** The liveness check ran and failed. */
    record Spoof(DetectedFace face, Quality quality, Liveness.Performed liveness)
            implements FaceOutcome {}
}
