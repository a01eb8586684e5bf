/**
 * Finds faces.
 *
 * <p>Takes: an Image.
 *
 * <p>Gives: DetectedFace: box, five points, score.
 *
 * <p>Threading: detectors are thread-safe.
 */
@NullMarked
package io.facet.vision.detect;

import org.jspecify.annotations.NullMarked;
