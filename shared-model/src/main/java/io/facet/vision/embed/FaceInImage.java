package io.facet.vision.embed;

import io.facet.vision.detect.DetectedFace;
import io.facet.vision.image.Image;

/** A face and the picture it was found in; faces of one batch may come from many cameras. */
public record FaceInImage(Image image, DetectedFace face) {}
