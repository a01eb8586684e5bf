package io.facet.edge.camera;

import io.facet.vision.image.Image;
import java.time.Duration;

/**
 * Says whether anything moves: compares the green of every eighth pixel of every eighth row with
 * its own slow average. Green carries most of the luminance, and a still camera's noise stays below
 * the step. One thread; allocates only when the frame size changes.
 */
final class MotionGate {
    private static final int STRIDE = 8;
    private static final int STEP = 18;
    // The average follows by an eighth a frame and is kept in sixteenths of a grey level.
    private static final int FOLLOW_SHIFT = 3;
    private static final int FRACTION_BITS = 4;
    private static final long LOOK_ANYWAY = Duration.ofSeconds(1).toNanos();

    private final double threshold;
    private int[] average = new int[0];
    private int width;
    private int height;
    private long lastOpen;

    /** A gate that opens when this share of the pixels moves; 0 leaves it open. */
    MotionGate(double threshold) {
        this.threshold = threshold;
    }

    /**
     * Whether to look at this frame: something moves, or none was looked at for a second, since a
     * face that keeps still is a face all the same.
     */
    boolean opens(Image image, long nanos) {
        boolean open =
                threshold <= 0 || moved(image) >= threshold || nanos - lastOpen >= LOOK_ANYWAY;
        if (open) {
            lastOpen = nanos;
        }
        return open;
    }

    private double moved(Image image) {
        if (image.width() != width || image.height() != height) {
            start(image);
            return 1;
        }
        byte[] bgr = image.bgr();
        int changed = 0;
        int at = 0;
        for (int y = STRIDE / 2; y < height; y += STRIDE) {
            int row = 3 * y * width + 1;
            for (int x = STRIDE / 2; x < width; x += STRIDE) {
                int now = (bgr[row + 3 * x] & 0xff) << FRACTION_BITS;
                int difference = now - average[at];
                changed += Math.abs(difference) > STEP << FRACTION_BITS ? 1 : 0;
                average[at++] += difference >> FOLLOW_SHIFT;
            }
        }
        return (double) changed / Math.max(1, at);
    }

    private void start(Image image) {
        width = image.width();
        height = image.height();
        average = new int[(height / STRIDE + 1) * (width / STRIDE + 1)];
        int at = 0;
        for (int y = STRIDE / 2; y < height; y += STRIDE) {
            for (int x = STRIDE / 2; x < width; x += STRIDE) {
                average[at++] = (image.bgr()[3 * (y * width + x) + 1] & 0xff) << FRACTION_BITS;
            }
        }
    }
}
