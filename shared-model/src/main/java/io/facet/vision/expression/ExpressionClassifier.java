package io.facet.vision.expression;

import io.facet.model.FaceEvent.ExpressionScore;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.image.Image;
import java.util.List;

/** Guesses the expression of a face. Thread-safe. */
public interface ExpressionClassifier {
    /** A probability per class, best first, summing to 1. */
    List<ExpressionScore> classify(Image image, DetectedFace face);
}
