package io.facet.vision.catalog.faceapi;

import io.facet.vision.catalog.faceapi.Layers.Padding;
import io.facet.vision.catalog.onnxproto.OnnxGraph;
import io.facet.vision.catalog.onnxproto.OnnxGraph.Constant;
import java.util.ArrayList;
import java.util.List;

/**
 * The feature extractor that landmarks and expression share: four densely added blocks of separable
 * convolutions, each halving the map (112 to 7), an average over the last map and one fully
 * connected layer.
 */
final class FeatureNetwork {
    private static final int SIDE = 112;
    private static final int BLOCKS = 4;
    private static final int CONVOLUTIONS = 4;

    private final OnnxGraph graph;
    private final WeightShards weights;
    private final Layers layers;

    private FeatureNetwork(OnnxGraph graph, WeightShards weights) {
        this.graph = graph;
        this.weights = weights;
        this.layers = new Layers(graph);
    }

    /** Output {@code landmarks}, N x 136: x, y of each point as fractions of the side. */
    static void landmarks(OnnxGraph graph, WeightShards weights) {
        new FeatureNetwork(graph, weights).connected("landmarks");
        graph.output("landmarks", 136);
    }

    /** Output {@code probabilities}, N x 7. */
    static void expression(OnnxGraph graph, WeightShards weights) {
        String logits = new FeatureNetwork(graph, weights).connected("logits");
        graph.node(
                "Softmax", "probabilities", List.of(logits), Constant.of("axis", Long.valueOf(1)));
        graph.output("probabilities", 7);
    }

    private String connected(String name) {
        String at = graph.input("input", 3, SIDE, SIDE);
        for (int block = 0; block < BLOCKS; block++) {
            at = block("dense" + block, at, block == 0);
        }
        return graph.node(
                "Gemm",
                name,
                List.of(
                        layers.flat("features", at),
                        graph.floats("fc.w", weights.get("fc/weights")),
                        graph.floats("fc.b", weights.get("fc/bias"))));
    }

    /** Every convolution sees the rectified sum of all outputs of the block before it. */
    private String block(String name, String input, boolean first) {
        List<String> outputs = new ArrayList<>();
        String start = first ? dense(name + "/conv0", input) : separable(name + "/conv0", input, 2);
        String at = layers.relu(name + "/relu0", start);
        outputs.add(at);
        for (int i = 1; i < CONVOLUTIONS; i++) {
            outputs.add(separable(name + "/conv" + i, at, 1));
            at = layers.relu(name + "/relu" + i, sum(name + "/sum" + i, outputs));
        }
        return at;
    }

    /** Adds from the newest to the oldest, in the order of the original. */
    private String sum(String name, List<String> terms) {
        String sum = terms.getLast();
        for (int i = terms.size() - 2; i >= 0; i--) {
            sum = layers.add(name + "." + i, terms.get(i), sum);
        }
        return sum;
    }

    private String dense(String name, String input) {
        return layers.conv(
                name,
                input,
                weights.get(name + "/filters"),
                weights.get(name + "/bias"),
                2,
                Padding.SAME);
    }

    private String separable(String name, String input, int stride) {
        String deep =
                layers.depthwise(
                        name + ".depth", input, weights.get(name + "/depthwise_filter"), stride);
        return layers.conv(
                name,
                deep,
                weights.get(name + "/pointwise_filter"),
                weights.get(name + "/bias"),
                1,
                Padding.SAME);
    }
}
