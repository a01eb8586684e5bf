/**
 * Reads the pictures of a camera.
 *
 * <p>Takes: a model.CameraSource.
 *
 * <p>Gives: frames with capture times, in a buffer of the caller.
 *
 * <p>Threading: a source belongs to one thread; only its cancellation is asked from others.
 */
@NullMarked
package io.facet.edge.capture;

import org.jspecify.annotations.NullMarked;
