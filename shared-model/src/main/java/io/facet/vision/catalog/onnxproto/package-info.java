/**
 * Writes ONNX files through protobuf classes generated from {@code onnx_subset.proto}.
 *
 * <p>Takes: operators and weights, in order.
 *
 * <p>Gives: the bytes of an ONNX file; the same calls give the same bytes.
 *
 * <p>Threading: a graph belongs to one thread.
 */
@NullMarked
package io.facet.vision.catalog.onnxproto;

import org.jspecify.annotations.NullMarked;
