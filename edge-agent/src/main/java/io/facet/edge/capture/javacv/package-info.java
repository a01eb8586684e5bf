/**
 * Cameras, streams and files through FFmpeg, in the natives that JavaCV packages.
 *
 * <p>Takes: a capture.SourceAddress.
 *
 * <p>Gives: BGR frames.
 *
 * <p>Threading: one thread per source; opening one never waits for another. That is why the FFmpeg
 * functions are called directly: JavaCV's FFmpegFrameGrabber opens and closes under one lock of the
 * whole process, so that a camera that does not answer would hold up all the others.
 */
@NullMarked
package io.facet.edge.capture.javacv;

import org.jspecify.annotations.NullMarked;
