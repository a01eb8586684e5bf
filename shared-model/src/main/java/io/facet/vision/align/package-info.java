/**
 * Brings a face to its model's template by a similarity transform of the five points.
 *
 * <p>Takes: an Image and Landmarks.
 *
 * <p>Gives: the face in a network's input, its points on the template.
 *
 * <p>Threading: transforms are immutable; a FaceCropper belongs to one thread at a time.
 */
@NullMarked
package io.facet.vision.align;

import org.jspecify.annotations.NullMarked;
