package io.facet.vision.catalog.faceapi;

import io.facet.vision.catalog.onnxproto.OnnxGraph;
import java.nio.file.Path;

/**
 * Writes face-api networks down as ONNX. The layer graphs follow the package's own source (version
 * 1.7.15); input tensor {@code input}, N x 3 x side x side, RGB, already centred and scaled.
 */
public final class FaceApiConverter {
    private FaceApiConverter() {}

    /**
     * Converts one network.
     *
     * @param network {@code face_landmark_68}, {@code face_expression}, {@code face_recognition} or
     *     {@code ssd_mobilenetv1}
     * @param manifest the {@code *-weights_manifest.json}
     * @param shard the one weights file it names
     */
    public static byte[] convert(String network, Path manifest, Path shard) {
        WeightShards weights = WeightShards.read(manifest, shard);
        OnnxGraph graph = new OnnxGraph(network);
        switch (network) {
            case "face_landmark_68" -> FeatureNetwork.landmarks(graph, weights);
            case "face_expression" -> FeatureNetwork.expression(graph, weights);
            case "face_recognition" -> new RecognitionNetwork(graph, weights).write();
            case "ssd_mobilenetv1" -> new SsdNetwork(graph, weights).write();
            default -> throw new IllegalArgumentException("no face-api network " + network);
        }
        return graph.toBytes();
    }
}
