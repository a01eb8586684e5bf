/**
 * Turns faces into points of an embedding space, and cosines into calibrated confidence.
 *
 * <p>Takes: images with detected faces.
 *
 * <p>Gives: model.Embedding.
 *
 * <p>Threading: thread-safe; faces of one call are one batch.
 */
@NullMarked
package io.facet.vision.embed;

import org.jspecify.annotations.NullMarked;
