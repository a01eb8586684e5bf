package io.facet.vision.catalog;

import java.nio.file.Path;

/**
 * A network ready to load: the file has exactly this hash (checked when it was resolved).
 *
 * @param id name of the network, such as {@code yunet-n-dynamic}
 * @param onnx an ONNX file in the cache
 * @param sha256 64 hexadecimal digits
 * @param spec how to feed and read it
 */
public record ResolvedModel<S extends ModelSpec>(String id, Path onnx, String sha256, S spec) {}
