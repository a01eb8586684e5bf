package io.facet.vision.catalog;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.facet.model.Expression;
import java.util.List;

/** A network's family, which fixes how its output is read, and its constants. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "family")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ModelSpec.Yunet.class, name = "yunet"),
    @JsonSubTypes.Type(value = ModelSpec.SsdMobilenetV1.class, name = "ssd_mobilenetv1"),
    @JsonSubTypes.Type(value = ModelSpec.Embedder.class, name = "embedder"),
    @JsonSubTypes.Type(value = ModelSpec.MiniFasNet.class, name = "minifasnet"),
    @JsonSubTypes.Type(value = ModelSpec.Landmark68.class, name = "landmark68"),
    @JsonSubTypes.Type(value = ModelSpec.ExpressionNet.class, name = "expression")
})
public sealed interface ModelSpec {
    InputSpec input();

    /** The stage a network of this family serves. */
    Stage stage();

    /** Finds faces. */
    sealed interface Detector extends ModelSpec {
        @Override
        default Stage stage() {
            return Stage.DETECT;
        }
    }

    /**
     * YuNet: outputs {@code cls_S, obj_S, bbox_S, kps_S} at strides S of 8, 16 and 32, each 1 x
     * cells x (1, 1, 4, 10), cells row by row. Score sqrt(cls * obj); the five points are its own.
     * The picture goes in the top-left corner, its aspect kept.
     */
    record Yunet(InputSpec input, float nmsIou) implements Detector {}

    /**
     * SSD on MobileNetV1, as in face-api: outputs {@code boxes} N x 5118 x 4 (x1, y1, x2, y2 as
     * fractions of the input's side, decoded, not clipped) and {@code scores} N x 5118 (0 to 1). No
     * suppression of overlaps inside. The picture goes in the top-left corner of a black square,
     * its aspect kept. Gives no points: take them from the pack's landmark network.
     */
    record SsdMobilenetV1(InputSpec input, float nmsIou) implements Detector {}

    /**
     * Aligned faces to N x dimension floats, not yet of unit length.
     *
     * @param output the output tensor
     * @param resampler name of the interpolation of the aligner, part of the embedding space
     * @param quantiser name of the number format of the weights, part of the embedding space
     */
    record Embedder(
            InputSpec input,
            String output,
            int dimension,
            Crop crop,
            String resampler,
            String quantiser)
            implements ModelSpec {
        @Override
        public Stage stage() {
            return Stage.EMBED;
        }
    }

    /**
     * MiniFASNet: one of an ensemble whose softmax outputs are averaged.
     *
     * @param output the output tensor, N x classes logits
     * @param liveIndex the class of live faces
     */
    record MiniFasNet(InputSpec input, String output, Crop crop, int classes, int liveIndex)
            implements ModelSpec {
        @Override
        public Stage stage() {
            return Stage.LIVENESS;
        }
    }

    /**
     * 68 points of the iBUG 300-W scheme.
     *
     * @param output the output tensor, N x 136: x, y of each point as fractions of the input's side
     */
    record Landmark68(InputSpec input, String output, Crop crop) implements ModelSpec {
        @Override
        public Stage stage() {
            return Stage.LANDMARKS;
        }
    }

    /**
     * Expression classifier.
     *
     * @param output the output tensor, N x 7 probabilities
     * @param classes what each of them is, in order
     */
    record ExpressionNet(InputSpec input, String output, Crop crop, List<Expression> classes)
            implements ModelSpec {
        public ExpressionNet {
            classes = List.copyOf(classes);
        }

        @Override
        public Stage stage() {
            return Stage.EXPRESSION;
        }
    }
}
