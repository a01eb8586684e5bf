package io.facet.edge.liveness;

import io.facet.model.Landmarks;
import io.facet.vision.image.Image;

/**
 * The inner face in grey, upright and of one size, with a margin around it: where eyes and mouth
 * are is where the five points say, but for a shift, a turn and a size. Each pixel is a mean over
 * its neighbourhood, so that the camera's noise counts little. One thread; keeps its buffers.
 */
final class FacePatch {
    /** Pixels a side, margin included. */
    static final int SIDE = 64;

    /** Half of what a patch covers, in distances of eyes to mouth. */
    private static final float REACH = 1.15f;

    private final float[] grey = new float[SIDE * SIDE];
    private final float[] row = new float[SIDE * SIDE];

    /** The pixels, rows from the top; valid until the next draw. */
    float[] grey() {
        return grey;
    }

    /** Draws a face; pixels beyond the picture repeat its edge. */
    void draw(Image image, Landmarks face) {
        float eyesX = (face.leftEye().x() + face.rightEye().x()) / 2;
        float eyesY = (face.leftEye().y() + face.rightEye().y()) / 2;
        float mouthX = (face.leftMouth().x() + face.rightMouth().x()) / 2;
        float mouthY = (face.leftMouth().y() + face.rightMouth().y()) / 2;
        // Down the face; across is a quarter turn from it.
        float downX = (mouthX - eyesX) * REACH * 2 / SIDE;
        float downY = (mouthY - eyesY) * REACH * 2 / SIDE;
        float centreX = (eyesX + mouthX) / 2;
        float centreY = (eyesY + mouthY) / 2;
        for (int y = 0; y < SIDE; y++) {
            float v = y + 0.5f - SIDE / 2f;
            for (int x = 0; x < SIDE; x++) {
                float u = x + 0.5f - SIDE / 2f;
                row[y * SIDE + x] =
                        sample(
                                image,
                                centreX + u * downY + v * downX - 0.5f,
                                centreY - u * downX + v * downY - 0.5f);
            }
        }
        smooth(row, grey, 1);
        smooth(grey, row, SIDE);
        System.arraycopy(row, 0, grey, 0, grey.length);
    }

    /** One, two, one along a line; the ends stay. */
    private static void smooth(float[] from, float[] to, int step) {
        System.arraycopy(from, 0, to, 0, from.length);
        for (int i = step; i < from.length - step; i++) {
            to[i] = (from[i - step] + 2 * from[i] + from[i + step]) / 4;
        }
    }

    private static float sample(Image image, float x, float y) {
        float column = Math.clamp(x, 0, image.width() - 1.001f);
        float line = Math.clamp(y, 0, image.height() - 1.001f);
        int left = (int) column;
        int top = (int) line;
        float right = column - left;
        float below = line - top;
        int at = 3 * (top * image.width() + left);
        int under = image.height() > 1 ? at + 3 * image.width() : at;
        byte[] bgr = image.bgr();
        float upper = luma(bgr, at) * (1 - right) + luma(bgr, at + 3) * right;
        float lower = luma(bgr, under) * (1 - right) + luma(bgr, under + 3) * right;
        return upper * (1 - below) + lower * below;
    }

    private static float luma(byte[] bgr, int at) {
        return 0.114f * (bgr[at] & 0xff)
                + 0.587f * (bgr[at + 1] & 0xff)
                + 0.299f * (bgr[at + 2] & 0xff);
    }
}
