package io.facet.vision.detect;

import io.facet.vision.image.Image;
import java.util.List;

/** Finds the faces of a picture. Thread-safe. */
public interface FaceDetector {
    /** All faces at or above the configured score, best first; empty when there is none. */
    List<DetectedFace> detect(Image image);
}
