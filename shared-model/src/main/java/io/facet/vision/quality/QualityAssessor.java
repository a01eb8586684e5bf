package io.facet.vision.quality;

import io.facet.model.Quality;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.image.Image;

/** Measures the ISO/IEC 29794-5 components of a face. Thread-safe. */
public interface QualityAssessor {
    Quality assess(Image image, DetectedFace face);
}
