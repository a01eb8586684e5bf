package io.facet.vision.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.facet.model.Point;
import java.util.List;

/** Which part of the picture a network sees of a face. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "rule")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Crop.FivePoints.class, name = "five_points"),
    @JsonSubTypes.Type(value = Crop.ScaledBox.class, name = "scaled_box"),
    @JsonSubTypes.Type(value = Crop.LetterboxedBox.class, name = "letterboxed_box")
})
public sealed interface Crop {
    /**
     * The least-squares similarity transform (rotation, uniform scale, shift; no mirror) that takes
     * the five points of the face to {@code template}; outside the picture is black.
     *
     * @param template five points in pixels of the network's input, in the order of {@link
     *     io.facet.model.Landmarks#points()}
     */
    record FivePoints(List<Point> template) implements Crop {
        @JsonCreator
        static FivePoints of(@JsonProperty("template") List<List<Float>> template) {
            return new FivePoints(
                    template.stream().map(p -> new Point(p.getFirst(), p.getLast())).toList());
        }

        public FivePoints {
            template = List.copyOf(template);
            if (template.size() != 5) {
                throw new IllegalArgumentException("an alignment template has five points");
            }
        }
    }

    /**
     * The box grown about its centre by {@code scale}: first {@code scale} is lowered until the
     * grown box is no larger than the picture, then the grown box is shifted inside the picture,
     * then stretched to the input size (the sides may scale differently). The rule of
     * Silent-Face-Anti-Spoofing.
     */
    record ScaledBox(float scale) implements Crop {
        public ScaledBox {
            if (!(scale > 0 && scale < 100)) {
                throw new IllegalArgumentException("a crop scale is above 0, not " + scale);
            }
        }
    }

    /**
     * The box grown on every side by {@code padding} of its width or height, cut at the edges of
     * the picture, scaled with its aspect kept until its longer side is the input size, centred on
     * black. The rule of face-api.
     *
     * @param padding 0 leaves the box as it is
     */
    record LetterboxedBox(float padding) implements Crop {
        public LetterboxedBox {
            if (!(padding >= 0 && padding < 10)) {
                throw new IllegalArgumentException("a padding is 0 or more, not " + padding);
            }
        }
    }
}
