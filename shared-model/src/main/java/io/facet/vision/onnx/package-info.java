/**
 * The stages on ONNX Runtime: sessions, providers, batching.
 *
 * <p>Takes: verified model files.
 *
 * <p>Gives: stage implementations.
 *
 * <p>Threading: sessions are shared and thread-safe.
 */
@NullMarked
package io.facet.vision.onnx;

import org.jspecify.annotations.NullMarked;
