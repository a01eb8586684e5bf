package io.facet.hub.recognition;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Says who is in a picture. Thread-safe. */
public interface RecognitionService {
    /**
     * Every face of a picture with a decision, best face first.
     *
     * @throws io.facet.error.FacetException {@code IMAGE_UNREADABLE}, {@code IMAGE_TOO_LARGE},
     *     {@code INVALID_ARGUMENT}
     */
    Recognition recognise(byte[] image, Options options);

    /**
     * How to decide.
     *
     * @param threshold least confidence, 0 to 1; the configured one when absent
     * @param maxResults candidates per face, 1 to 100; the configured number when absent
     */
    record Options(OptionalDouble threshold, OptionalInt maxResults) {
        public static final Options DEFAULT =
                new Options(OptionalDouble.empty(), OptionalInt.empty());
    }

    /**
     * A picture's faces; boxes are in pixels of the upright picture.
     *
     * @param threshold that applied
     */
    record Recognition(int width, int height, float threshold, List<RecognisedFace> faces) {
        public Recognition {
            faces = List.copyOf(faces);
        }
    }
}
