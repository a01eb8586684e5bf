package io.facet.vision.catalog;

/**
 * A manifest of {@code models/networks}.
 *
 * @param id name of the network, unique in the catalog
 * @param title one line for people
 * @param onnx the file that runs; for converted networks what the conversion must give
 * @param origin where it comes from
 * @param spec how to feed and read it
 */
public record NetworkManifest(
        String id, String title, Licence licence, Artifact onnx, Origin origin, ModelSpec spec) {}
