package io.facet.hub.recognition;

import io.facet.hub.watchlists.WatchlistId;
import java.util.List;
import java.util.Optional;
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
     * @param threshold least confidence, 0 to 1; the watchlist's or the configured one when absent
     * @param maxResults candidates per face, 1 to 100; the configured number when absent
     * @param watchlist only the people on this list are looked for
     */
    record Options(
            OptionalDouble threshold, OptionalInt maxResults, Optional<WatchlistId> watchlist) {
        public static final Options DEFAULT =
                new Options(OptionalDouble.empty(), OptionalInt.empty());

        public Options(OptionalDouble threshold, OptionalInt maxResults) {
            this(threshold, maxResults, Optional.empty());
        }
    }

    /**
     * A picture's faces; boxes are in pixels of the upright picture.
     *
     * @param rule what decided
     */
    record Recognition(int width, int height, List<RecognisedFace> faces, Rule rule) {
        public Recognition {
            faces = List.copyOf(faces);
        }

        /** The confidence that was needed. */
        public float threshold() {
            return rule.threshold();
        }
    }

    /**
     * What faces were held to.
     *
     * @param threshold least confidence of a match, 0 to 1
     * @param source where the threshold came from
     * @param margin least lead in confidence over the next person
     * @param searched faces that were searched; of a watchlist, its people
     */
    record Rule(float threshold, Source source, float margin, int searched) {}

    /** Where a threshold comes from; the later goes before the earlier. */
    enum Source {
        SYSTEM,
        WATCHLIST,
        REQUEST
    }
}
