/**
 * Guesses facial expressions; off by default.
 *
 * <p>Takes: an Image and a DetectedFace.
 *
 * <p>Gives: a probability per class.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.vision.expression;

import org.jspecify.annotations.NullMarked;
