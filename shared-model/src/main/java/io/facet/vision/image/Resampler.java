package io.facet.vision.image;

import java.util.Arrays;

/**
 * Scales pictures into the top-left corner of a network's input, black beside and below.
 *
 * <p>Rows first: the source rows of a target row are blended into one row of bytes, then that row
 * is blended along x into floats. Keeps its plan and its rows, so that frame after frame of one
 * size allocates nothing. Not thread-safe.
 */
public final class Resampler {
    private int sourceWidth;
    private int sourceHeight;
    private double scale;
    private Axis across = Axis.of(1, 0, 1);
    private Axis down = across;
    private byte[] blended = new byte[0];
    private float[] row = new float[0];

    /**
     * Draws {@code image} scaled by {@code scale}; what does not fit is left out.
     *
     * @param scale target pixels per picture pixel, above 0
     */
    public void letterbox(Image image, double scale, Planes target) {
        plan(image, scale, target);
        int height = down.first.length;
        Arrays.fill(row, 0);
        for (int y = 0; y < height; y++) {
            blendRows(image.bgr(), y);
            blendAcross(target.width());
            target.putRow(y, row);
        }
        target.blackRows(height, target.height());
    }

    private void plan(Image image, double newScale, Planes target) {
        int width = targets(image.width(), newScale, target.width());
        int height = targets(image.height(), newScale, target.height());
        boolean same =
                image.width() == sourceWidth
                        && image.height() == sourceHeight
                        && newScale == scale
                        && width == across.first.length
                        && height == down.first.length;
        if (!same) {
            sourceWidth = image.width();
            sourceHeight = image.height();
            scale = newScale;
            across = Axis.of(sourceWidth, width, scale);
            down = Axis.of(sourceHeight, height, scale);
            blended = new byte[3 * sourceWidth];
        }
        if (row.length != 3 * target.width()) {
            row = new float[3 * target.width()];
        }
    }

    private static int targets(int sources, double scale, int room) {
        return Math.clamp(Math.round(sources * scale), 1, room);
    }

    private void blendRows(byte[] bgr, int y) {
        int length = 3 * sourceWidth;
        if (down.taps == 2) {
            int at = down.first[y] * length;
            int w0 = down.weights256[2 * y];
            if (w0 == 128) {
                Rows.mean(bgr, at, blended, length);
            } else {
                Rows.blendTwo(bgr, at, w0, 256 - w0, blended, length);
            }
        } else {
            Rows.blend(bgr, down, y, blended, length);
        }
    }

    private void blendAcross(int planeWidth) {
        if (across.halves) {
            Rows.acrossHalf(blended, across.first.length, row, planeWidth);
        } else if (across.taps == 2) {
            Rows.acrossTwo(blended, across, row, planeWidth);
        } else {
            Rows.across(blended, across, row, planeWidth);
        }
    }
}
