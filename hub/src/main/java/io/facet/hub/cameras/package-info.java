/**
 * Cameras, the boxes that read them, and their live pictures.
 *
 * <p>Takes: cameras wanted and states reported.
 *
 * <p>Gives: CameraView, LiveFrame.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.hub.cameras;

import org.jspecify.annotations.NullMarked;
