/**
 * Image to list of FaceOutcome: one pipeline for edge and hub.
 *
 * <p>Takes: an Image.
 *
 * <p>Gives: a FaceOutcome per face.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.vision.pipeline;

import org.jspecify.annotations.NullMarked;
