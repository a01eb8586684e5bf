package io.facet.vision.image;

import java.util.Arrays;

/**
 * Draws an affinely mapped part of a picture into a network's input by bilinear sampling, black
 * around it. Keeps one row, so that drawing allocates nothing. Not thread-safe.
 */
public final class AffineSampler {
    private float[] row = new float[0];

    /** What a sample just beyond the part that is drawn sees. */
    public enum Beyond {
        /** Black. */
        BLACK,
        /** The nearest pixel of the part. */
        NEAREST
    }

    /**
     * Draws.
     *
     * @param from the part of the picture that may be seen, inside the picture
     * @param beyond what lies around that part
     * @param map from target pixels to picture pixels
     * @param to the part of the target that is drawn, inside the target; the rest becomes black
     */
    public void draw(
            Image image, Window from, Beyond beyond, AffineMap map, Window to, Planes target) {
        if (row.length != 3 * target.width()) {
            row = new float[3 * target.width()];
        }
        Arrays.fill(row, 0);
        target.blackRows(0, to.y());
        for (int y = to.y(); y < to.bottom(); y++) {
            drawRow(image, from, beyond, map, to, y);
            target.putRow(y, row);
        }
        target.blackRows(to.bottom(), target.height());
    }

    private void drawRow(Image image, Window from, Beyond beyond, AffineMap map, Window to, int y) {
        double sx = map.a() * to.x() + map.b() * y + map.c();
        double sy = map.d() * to.x() + map.e() * y + map.f();
        for (int x = to.x(); x < to.right(); x++, sx += map.a(), sy += map.d()) {
            int left = (int) Math.floor(sx);
            int top = (int) Math.floor(sy);
            boolean inside =
                    left >= from.x()
                            && top >= from.y()
                            && left + 1 < from.right()
                            && top + 1 < from.bottom();
            if (inside) {
                blend(image, left, top, (float) (sx - left), (float) (sy - top), x);
            } else {
                blendAtEdge(image, from, beyond, sx, sy, x);
            }
        }
    }

    private void blend(Image image, int left, int top, float fx, float fy, int x) {
        byte[] bgr = image.bgr();
        int stride = 3 * image.width();
        int at = top * stride + 3 * left;
        int plane = row.length / 3;
        for (int c = 0; c < 3; c++, at++) {
            float above = lerp(bgr[at] & 0xFF, bgr[at + 3] & 0xFF, fx);
            float below = lerp(bgr[at + stride] & 0xFF, bgr[at + stride + 3] & 0xFF, fx);
            row[c * plane + x] = lerp(above, below, fy);
        }
    }

    private void blendAtEdge(Image image, Window from, Beyond beyond, double sx, double sy, int x) {
        double cx = Math.clamp(sx, from.x() - 1.0, from.right());
        double cy = Math.clamp(sy, from.y() - 1.0, from.bottom());
        int left = (int) Math.floor(cx);
        int top = (int) Math.floor(cy);
        float fx = (float) (cx - left);
        float fy = (float) (cy - top);
        int plane = row.length / 3;
        for (int c = 0; c < 3; c++) {
            float above =
                    lerp(
                            pixel(image, from, beyond, left, top, c),
                            pixel(image, from, beyond, left + 1, top, c),
                            fx);
            float below =
                    lerp(
                            pixel(image, from, beyond, left, top + 1, c),
                            pixel(image, from, beyond, left + 1, top + 1, c),
                            fx);
            row[c * plane + x] = lerp(above, below, fy);
        }
    }

    private static float pixel(Image image, Window from, Beyond beyond, int x, int y, int c) {
        int inX = Math.clamp(x, from.x(), from.right() - 1);
        int inY = Math.clamp(y, from.y(), from.bottom() - 1);
        if (beyond == Beyond.BLACK && (inX != x || inY != y)) {
            return 0;
        }
        return image.bgr()[3 * (inY * image.width() + inX) + c] & 0xFF;
    }

    private static float lerp(float a, float b, float t) {
        return a + (b - a) * t;
    }
}
