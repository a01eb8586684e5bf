/**
 * Finds the 68 points of a face.
 *
 * <p>Takes: an Image and a DetectedFace.
 *
 * <p>Gives: 68 points.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.vision.landmark;

import org.jspecify.annotations.NullMarked;
