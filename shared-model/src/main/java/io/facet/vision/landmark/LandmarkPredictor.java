package io.facet.vision.landmark;

import io.facet.model.Point;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.image.Image;
import java.util.List;

/** Finds the 68 points of the iBUG 300-W scheme. Thread-safe. */
public interface LandmarkPredictor {
    /** 68 points in pixels of the picture. */
    List<Point> predict(Image image, DetectedFace face);
}
