package io.facet.vision.detect;

import io.facet.model.Box;
import io.facet.model.Landmarks;

/**
 * A face in a picture, in pixels of that picture.
 *
 * @param score the detector's certainty, 0 to 1
 */
public record DetectedFace(Box box, Landmarks landmarks, float score) {}
