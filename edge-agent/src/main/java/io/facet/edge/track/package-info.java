/**
 * Follows faces from frame to frame.
 *
 * <p>Takes: the detections of each frame, with its time.
 *
 * <p>Gives: tracks: one for each visit of a face.
 *
 * <p>Threading: a tracker belongs to one thread.
 */
@NullMarked
package io.facet.edge.track;

import org.jspecify.annotations.NullMarked;
