package io.facet.edge.camera;

import io.facet.vision.image.Image;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/**
 * Frames scaled down into a picture that is kept. Each pixel is the mean of four of the frame's,
 * spread over what it stands for, so the cost does not grow with the frame. Sides are even, as
 * films want them. One thread at a time.
 */
final class Shrink {
    private final int maxWidth;
    private BufferedImage picture = new BufferedImage(2, 2, BufferedImage.TYPE_3BYTE_BGR);
    private int sourceWidth;
    private int sourceHeight;
    private int[] columns = new int[0];
    private int[] rows = new int[0];

    Shrink(int maxWidth) {
        this.maxWidth = maxWidth;
    }

    /** Scales a frame; larger ones down, smaller ones stay as they are but for an odd side. */
    void take(Image frame) {
        if (frame.width() != sourceWidth || frame.height() != sourceHeight) {
            adapt(frame);
        }
        byte[] from = frame.bgr();
        byte[] to = bytes();
        int at = 0;
        for (int y = 0; y < rows.length; y += 2) {
            int upper = rows[y];
            int lower = rows[y + 1];
            for (int x = 0; x < columns.length; x += 2) {
                int left = columns[x];
                int right = columns[x + 1];
                for (int c = 0; c < 3; c++) {
                    int sum =
                            (from[upper + left + c] & 0xff)
                                    + (from[upper + right + c] & 0xff)
                                    + (from[lower + left + c] & 0xff)
                                    + (from[lower + right + c] & 0xff);
                    to[at++] = (byte) ((sum + 2) >> 2);
                }
            }
        }
    }

    private void adapt(Image frame) {
        sourceWidth = frame.width();
        sourceHeight = frame.height();
        double scale = Math.max(1, (double) sourceWidth / maxWidth);
        int width = even(sourceWidth / scale);
        int height = even(sourceHeight / scale);
        columns = samples(width, sourceWidth, 3);
        rows = samples(height, sourceHeight, 3 * sourceWidth);
        picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    }

    private static int even(double size) {
        return Math.max(2, 2 * (int) (size / 2));
    }

    /** For each target two offsets in the source, a quarter from either edge of its share. */
    private static int[] samples(int targets, int sources, int stride) {
        int[] offsets = new int[2 * targets];
        double share = (double) sources / targets;
        for (int i = 0; i < targets; i++) {
            offsets[2 * i] = stride * (int) ((i + 0.25) * share);
            offsets[2 * i + 1] = stride * Math.min(sources - 1, (int) ((i + 0.75) * share));
        }
        return offsets;
    }

    /** What was last taken; valid until the next. */
    BufferedImage picture() {
        return picture;
    }

    /** The same pixels. */
    Image image() {
        return new Image(picture.getWidth(), picture.getHeight(), bytes());
    }

    private byte[] bytes() {
        return ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    }
}
