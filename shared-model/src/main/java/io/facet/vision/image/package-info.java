/**
 * Pictures: decoding with limits, upright pixels.
 *
 * <p>Takes: JPEG, PNG, WebP, BMP bytes.
 *
 * <p>Gives: an upright BGR Image.
 *
 * <p>Threading: decoders are thread-safe; an Image belongs to whoever made it and is only read by
 * the stages.
 */
@NullMarked
package io.facet.vision.image;

import org.jspecify.annotations.NullMarked;
