/**
 * Judges whether a face is present in person.
 *
 * <p>Takes: an Image and a DetectedFace.
 *
 * <p>Gives: model.Liveness.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.vision.liveness;

import org.jspecify.annotations.NullMarked;
