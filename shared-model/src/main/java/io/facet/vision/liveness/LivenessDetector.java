package io.facet.vision.liveness;

import io.facet.model.Liveness;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.image.Image;

/** Judges presentation attacks from a single picture. Thread-safe. */
public interface LivenessDetector {
    Liveness check(Image image, DetectedFace face);
}
