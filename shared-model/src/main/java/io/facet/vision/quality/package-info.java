/**
 * Judges whether a picture of a face is good enough.
 *
 * <p>Takes: an Image and a DetectedFace.
 *
 * <p>Gives: model.Quality.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.vision.quality;

import org.jspecify.annotations.NullMarked;
