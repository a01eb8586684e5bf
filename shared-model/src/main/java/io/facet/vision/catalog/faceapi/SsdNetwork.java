package io.facet.vision.catalog.faceapi;

import io.facet.vision.catalog.faceapi.Layers.Padding;
import io.facet.vision.catalog.onnxproto.FloatTensor;
import io.facet.vision.catalog.onnxproto.OnnxGraph;
import io.facet.vision.catalog.onnxproto.OnnxGraph.Constant;
import java.util.ArrayList;
import java.util.List;

/**
 * face-api's SSD on MobileNetV1, 512 x 512: {@code boxes} N x 5118 x 4 (x1, y1, x2, y2 as fractions
 * of the side) and {@code scores} N x 5118.
 *
 * <p>Batch normalisation is folded into the depthwise filters. Anchors decode inside the graph:
 * centre = anchor centre + t / 10 * anchor size, size = anchor size * exp(t / 5).
 */
final class SsdNetwork {
    private static final int SIDE = 512;
    private static final int ANCHORS = 5118;
    private static final int CLASSES = 3;
    private static final int FACE = 1;
    private static final float EPSILON = 0.001f;
    private static final List<Integer> HALVING = List.of(2, 4, 6, 12);
    private static final int BRANCH = 11;

    private final OnnxGraph graph;
    private final WeightShards weights;
    private final Layers layers;
    private final List<String> boxes = new ArrayList<>();
    private final List<String> classes = new ArrayList<>();

    SsdNetwork(OnnxGraph graph, WeightShards weights) {
        this.graph = graph;
        this.weights = weights;
        this.layers = new Layers(graph);
    }

    void write() {
        graph.floats("six.low", new FloatTensor(new float[] {0}));
        graph.floats("six.high", new FloatTensor(new float[] {6}));
        String at = pointwise("MobilenetV1", 0, graph.input("input", 3, SIDE, SIDE), 2);
        for (int i = 1; i <= 13; i++) {
            at = depthwise(i, at, HALVING.contains(i) ? 2 : 1);
            at = pointwise("MobilenetV1", i, at, 1);
            if (i == BRANCH) {
                predict(0, at);
            }
        }
        predict(1, at);
        for (int i = 0; i < 8; i++) {
            at = pointwise("Prediction", i, at, i % 2 == 0 ? 1 : 2);
            if (i % 2 == 1) {
                predict(2 + i / 2, at);
            }
        }
        scores();
        decode();
    }

    private String pointwise(String prefix, int index, String input, int stride) {
        String name = prefix + "/Conv2d_" + index + "_pointwise";
        return six(
                layers.conv(
                        name,
                        input,
                        weights.get(name + "/weights"),
                        weights.get(name + "/convolution_bn_offset"),
                        stride,
                        Padding.SAME));
    }

    private String depthwise(int index, String input, int stride) {
        String name = "MobilenetV1/Conv2d_" + index + "_depthwise";
        float[] gamma = weights.get(name + "/BatchNorm/gamma").values();
        float[] variance = weights.get(name + "/BatchNorm/moving_variance").values();
        float[] mean = weights.get(name + "/BatchNorm/moving_mean").values();
        float[] scale = new float[gamma.length];
        float[] minusMean = new float[gamma.length];
        for (int i = 0; i < gamma.length; i++) {
            scale[i] = (float) (gamma[i] / Math.sqrt(variance[i] + EPSILON));
            minusMean[i] = -mean[i];
        }
        float[] beta = weights.get(name + "/BatchNorm/beta").values();
        FloatTensor bias =
                Folding.affine(new FloatTensor(minusMean, minusMean.length), scale, beta);
        FloatTensor filters = Folding.scaled(weights.get(name + "/depthwise_weights"), scale, 2);
        return six(layers.depthwise(name, input, filters, bias, stride));
    }

    private String six(String input) {
        return graph.node("Clip", input + ".six", List.of(input, "six.low", "six.high"));
    }

    private void predict(int index, String input) {
        String name = "Prediction/BoxPredictor_" + index;
        boxes.add(rows(name + "/BoxEncodingPredictor", input, 4));
        classes.add(rows(name + "/ClassPredictor", input, CLASSES));
    }

    /** A convolution whose output becomes N x anchors x {@code columns}, row by row of the map. */
    private String rows(String name, String input, int columns) {
        String map =
                layers.conv(
                        name,
                        input,
                        weights.get(name + "/weights"),
                        weights.get(name + "/biases"),
                        1,
                        Padding.SAME);
        String turned =
                graph.node(
                        "Transpose",
                        name + ".turned",
                        List.of(map),
                        Constant.of("perm", new long[] {0, 2, 3, 1}));
        String shape = graph.longs(name + ".shape", 0, -1, columns);
        return graph.node("Reshape", name + ".rows", List.of(turned, shape));
    }

    private void scores() {
        String all = joined("classes", classes, 1);
        String logits =
                graph.node("Gather", "logits", List.of(all, graph.scalar("face", FACE)), axis(2));
        graph.node("Sigmoid", "scores", List.of(logits));
        graph.output("scores", ANCHORS);
    }

    private void decode() {
        String all = joined("encodings", boxes, 1);
        String shift = columns("shift", all, 1, 0);
        String growth = columns("growth", all, 3, 2);
        FloatTensor[] anchors = anchors();
        String centre =
                layers.add(
                        "centre",
                        graph.node(
                                "Mul",
                                "moved",
                                List.of(shift, graph.floats("anchor.tenth", anchors[1]))),
                        graph.floats("anchor.centre", anchors[0]));
        String fifth = graph.floats("fifth", new FloatTensor(new float[] {0.2f}, 1));
        String factor =
                graph.node(
                        "Exp",
                        "factor",
                        List.of(graph.node("Mul", "growth.fifth", List.of(growth, fifth))));
        String half =
                graph.node("Mul", "half", List.of(factor, graph.floats("anchor.half", anchors[2])));
        String low = graph.node("Sub", "low", List.of(centre, half));
        String high = layers.add("high", centre, half);
        joined("boxes", List.of(low, high), 2);
        graph.output("boxes", ANCHORS, 4);
    }

    private String columns(String name, String input, long first, long second) {
        String indices = graph.longs(name + ".columns", first, second);
        return graph.node("Gather", name, List.of(input, indices), axis(2));
    }

    private String joined(String name, List<String> parts, int axis) {
        return graph.node("Concat", name, parts, axis(axis));
    }

    private static Constant axis(int axis) {
        return Constant.of("axis", Long.valueOf(axis));
    }

    /** Centre, tenth of the size and half of the size, each 1 x anchors x (x, y). */
    private FloatTensor[] anchors() {
        float[] corners = weights.get("Output/extra_dim").values();
        float[] centre = new float[2 * ANCHORS];
        float[] tenth = new float[2 * ANCHORS];
        float[] half = new float[2 * ANCHORS];
        for (int i = 0; i < ANCHORS; i++) {
            for (int axis = 0; axis < 2; axis++) {
                // Corners are y1, x1, y2, x2.
                float low = corners[4 * i + 1 - axis];
                float size = corners[4 * i + 3 - axis] - low;
                centre[2 * i + axis] = low + size / 2;
                tenth[2 * i + axis] = size / 10;
                half[2 * i + axis] = size / 2;
            }
        }
        return new FloatTensor[] {
            new FloatTensor(centre, 1, ANCHORS, 2),
            new FloatTensor(tenth, 1, ANCHORS, 2),
            new FloatTensor(half, 1, ANCHORS, 2)
        };
    }
}
