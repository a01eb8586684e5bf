/**
 * Brings a face to its model's template by a similarity transform of the five points.
 *
 * <p>Takes: an Image and Landmarks.
 *
 * <p>Gives: an aligned Image.
 *
 * <p>Threading: stateless.
 */
@NullMarked
package io.facet.vision.align;

import org.jspecify.annotations.NullMarked;
