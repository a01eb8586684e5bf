package io.facet.vision.catalog.faceapi;

import io.facet.vision.catalog.faceapi.Layers.Padding;
import io.facet.vision.catalog.onnxproto.FloatTensor;
import io.facet.vision.catalog.onnxproto.OnnxGraph;
import io.facet.vision.catalog.onnxproto.OnnxGraph.Constant;
import java.util.List;

/**
 * dlib's ResNet with 29 convolutions as face-api has it: 150 x 150 to {@code embedding}, N x 128.
 *
 * <p>Each convolution's scale layer is folded into its filters and bias. A down-sampling block adds
 * an average-pooled copy of its input to its output; where they differ, the channels of the copy
 * and the last row and column of the output are filled up with zeros.
 */
final class RecognitionNetwork {
    private static final int SIDE = 150;
    private static final int DIMENSION = 128;

    private final OnnxGraph graph;
    private final WeightShards weights;
    private final Layers layers;
    private String at;
    private int channels = 32;
    private int size;

    RecognitionNetwork(OnnxGraph graph, WeightShards weights) {
        this.graph = graph;
        this.weights = weights;
        this.layers = new Layers(graph);
        this.at = graph.input("input", 3, SIDE, SIDE);
    }

    void write() {
        at = layers.relu("conv32_down/relu", conv("conv32_down", at, 2, Padding.VALID));
        at = pool("MaxPool", "conv32_down/pool", at, 3);
        size = 35;
        same("conv32_1", "conv32_2", "conv32_3");
        down("conv64_down", 64);
        same("conv64_1", "conv64_2", "conv64_3");
        down("conv128_down", 128);
        same("conv128_1", "conv128_2");
        down("conv256_down", 256);
        same("conv256_1", "conv256_2");
        down("conv256_down_out", 256);
        String matrix = graph.floats("fc", weights.get("fc"));
        graph.node("MatMul", "embedding", List.of(layers.flat("features", at), matrix));
        graph.output("embedding", DIMENSION);
    }

    private void same(String... blocks) {
        for (String block : blocks) {
            String out = convolutions(block, 1, Padding.SAME);
            at = layers.relu(block, layers.add(block + "/sum", out, at));
        }
    }

    private void down(String block, int newChannels) {
        String out = convolutions(block, 2, Padding.VALID);
        String pooled = pool("AveragePool", block + "/pool", at, 2);
        int outSize = (size - 3) / 2 + 1;
        int pooledSize = size / 2;
        if (newChannels != channels) {
            pooled = pad(block + "/channels", pooled, newChannels - channels, 0);
        }
        if (pooledSize != outSize) {
            out = pad(block + "/edge", out, 0, pooledSize - outSize);
        }
        at = layers.relu(block, layers.add(block + "/sum", pooled, out));
        channels = newChannels;
        size = pooledSize;
    }

    private String convolutions(String block, int stride, Padding padding) {
        String first = conv(block + "/conv1", at, stride, padding);
        return conv(block + "/conv2", layers.relu(block + "/conv1/relu", first), 1, Padding.SAME);
    }

    private String conv(String name, String input, int stride, Padding padding) {
        FloatTensor filters = weights.get(name + "/conv/filters");
        FloatTensor bias = weights.get(name + "/conv/bias");
        float[] scale = weights.get(name + "/scale/weights").values();
        float[] shift = weights.get(name + "/scale/biases").values();
        return layers.conv(
                name,
                input,
                Folding.scaled(filters, scale, 3),
                Folding.affine(bias, scale, shift),
                stride,
                padding);
    }

    private String pool(String operator, String name, String input, int kernel) {
        return graph.node(
                operator,
                name,
                List.of(input),
                Constant.of("kernel_shape", new long[] {kernel, kernel}),
                Constant.of("strides", new long[] {2, 2}));
    }

    /** Zeros after the last channel, and below and right of the map. */
    private String pad(String name, String input, int extraChannels, int edge) {
        String pads = graph.longs(name + ".pads", 0, 0, 0, 0, 0, extraChannels, edge, edge);
        return graph.node("Pad", name, List.of(input, pads));
    }
}
