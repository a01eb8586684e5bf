package io.facet.vision.catalog.faceapi;

import io.facet.vision.catalog.onnxproto.FloatTensor;
import io.facet.vision.catalog.onnxproto.OnnxGraph;
import io.facet.vision.catalog.onnxproto.OnnxGraph.Constant;
import java.util.List;

/**
 * The layers the face-api networks are made of, from TensorFlow's layout (height x width x in x
 * out) to ONNX's (out x in x height x width). Returns the name of the tensor made.
 */
final class Layers {
    private final OnnxGraph graph;

    Layers(OnnxGraph graph) {
        this.graph = graph;
    }

    /** TensorFlow's paddings; SAME puts the odd pixel at the end. */
    enum Padding {
        SAME("SAME_UPPER"),
        VALID("VALID");

        private final String onnx;

        Padding(String onnx) {
            this.onnx = onnx;
        }
    }

    /** A dense convolution with bias. */
    String conv(
            String name,
            String input,
            FloatTensor filters,
            FloatTensor bias,
            int stride,
            Padding padding) {
        FloatTensor kernel = filters.transposed(3, 2, 0, 1);
        return conv(
                name,
                List.of(input, graph.floats(name + ".w", kernel), graph.floats(name + ".b", bias)),
                kernel,
                1,
                stride,
                padding);
    }

    /** One filter per channel, no bias. */
    String depthwise(String name, String input, FloatTensor filters, int stride) {
        FloatTensor kernel = filters.transposed(2, 3, 0, 1);
        return conv(
                name,
                List.of(input, graph.floats(name + ".w", kernel)),
                kernel,
                kernel.dim(0),
                stride,
                Padding.SAME);
    }

    /** One filter per channel, with bias. */
    String depthwise(String name, String input, FloatTensor filters, FloatTensor bias, int stride) {
        FloatTensor kernel = filters.transposed(2, 3, 0, 1);
        return conv(
                name,
                List.of(input, graph.floats(name + ".w", kernel), graph.floats(name + ".b", bias)),
                kernel,
                kernel.dim(0),
                stride,
                Padding.SAME);
    }

    String relu(String name, String input) {
        return graph.node("Relu", name, List.of(input));
    }

    String add(String name, String a, String b) {
        return graph.node("Add", name, List.of(a, b));
    }

    /** N x C x 1 x 1, or wider maps averaged first, to N x C, times a matrix. */
    String flat(String name, String input) {
        String mean = graph.node("GlobalAveragePool", name + ".mean", List.of(input));
        return graph.node("Flatten", name, List.of(mean), Constant.of("axis", Long.valueOf(1)));
    }

    private String conv(
            String name,
            List<String> inputs,
            FloatTensor kernel,
            int groups,
            int stride,
            Padding padding) {
        return graph.node(
                "Conv",
                name,
                inputs,
                Constant.of("group", Long.valueOf(groups)),
                Constant.of("kernel_shape", new long[] {kernel.dim(2), kernel.dim(3)}),
                Constant.of("strides", new long[] {stride, stride}),
                Constant.of("auto_pad", padding.onnx));
    }
}
