/**
 * face-api weight shards to ONNX: landmarks, expression, recognition, detection.
 *
 * <p>Takes: verified weights manifests and shards of the npm package {@code @vladmandic/face-api}.
 *
 * <p>Gives: the bytes of an ONNX file; the same input gives the same bytes.
 *
 * <p>Threading: stateless.
 */
@NullMarked
package io.facet.vision.catalog.faceapi;

import org.jspecify.annotations.NullMarked;
