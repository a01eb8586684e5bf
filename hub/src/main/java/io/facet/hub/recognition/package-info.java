/**
 * Who is in a picture, against the whole gallery.
 *
 * <p>Takes: picture bytes.
 *
 * <p>Gives: a decision per face.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.hub.recognition;

import org.jspecify.annotations.NullMarked;
