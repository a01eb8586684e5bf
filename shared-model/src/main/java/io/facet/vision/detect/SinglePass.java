package io.facet.vision.detect;

import io.facet.vision.image.Image;
import java.util.List;

/** One look of a network at a picture. Thread-safe. */
public interface SinglePass {
    /**
     * Faces in pixels of the picture, overlapping ones not yet thinned out.
     *
     * @param zoom 1 for the network's full input size, less for a smaller picture in it, in which
     *     the largest faces are found
     */
    List<DetectedFace> find(Image image, double zoom);

    /** Overlap above which two detections are the same face. */
    float nmsIou();

    /** The longer side, in pixels, that a picture has in the network's input at zoom 1. */
    int inputSize();
}
