package io.facet.edge.capture;

import io.facet.vision.image.Image;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One frame in memory that is written again and again: packed BGR, rows from the top, as {@link
 * Image} has it. Grows to the largest frame seen. Owned by one thread at a time; hand-over needs a
 * happens-before edge of the caller's.
 */
public final class FrameBuffer {
    /** Larger frames are refused: 200 MB of pixels are no camera. */
    public static final int MAX_PIXELS = 1 << 26;

    private byte[] bgr = new byte[0];
    private @Nullable Image image;
    private long index;
    private Instant capturedAt = Instant.EPOCH;
    private long monotonicNanos;

    /**
     * Makes room for a picture and gives the pixels to write to.
     *
     * @throws IllegalArgumentException for no pixels or more than {@link #MAX_PIXELS}
     */
    public byte[] prepare(int width, int height) {
        if (width < 1 || height < 1 || (long) width * height > MAX_PIXELS) {
            throw new IllegalArgumentException("a frame of " + width + " x " + height);
        }
        int bytes = width * height * 3;
        if (bgr.length < bytes) {
            bgr = new byte[bytes];
            image = null;
        }
        if (image == null || image.width() != width || image.height() != height) {
            image = new Image(width, height, bgr);
        }
        return bgr;
    }

    /**
     * Says which frame this is.
     *
     * @param index counts the frames of one opening from 0 on
     * @param capturedAt wall clock
     * @param monotonicNanos monotonic clock, of {@link System#nanoTime}'s scale
     */
    public void stamp(long index, Instant capturedAt, long monotonicNanos) {
        this.index = index;
        this.capturedAt = capturedAt;
        this.monotonicNanos = monotonicNanos;
    }

    /**
     * The picture; valid until the buffer is written to again.
     *
     * @throws IllegalStateException before the first frame
     */
    public Image image() {
        if (image == null) {
            throw new IllegalStateException("no frame yet");
        }
        return image;
    }

    public long index() {
        return index;
    }

    public Instant capturedAt() {
        return capturedAt;
    }

    public long monotonicNanos() {
        return monotonicNanos;
    }
}
