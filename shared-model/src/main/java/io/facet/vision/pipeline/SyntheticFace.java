package io.facet.vision.pipeline;

import io.facet.model.Box;
import io.facet.model.Landmarks;
import io.facet.model.Point;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.image.Image;

/**
 * A drawn face that detectors take for one, the same to the last bit on every machine: only
 * additions, multiplications and square roots. Coloured on purpose, so that swapped planes show.
 */
final class SyntheticFace {
    static final int WIDTH = 640;
    static final int HEIGHT = 480;

    /** Where the face was drawn. */
    static final DetectedFace FACE =
            new DetectedFace(
                    new Box(218, 98, 204, 280),
                    new Landmarks(
                            new Point(274, 216),
                            new Point(366, 216),
                            new Point(320, 272),
                            new Point(280, 322),
                            new Point(360, 322)),
                    1);

    private final byte[] bgr = new byte[3 * WIDTH * HEIGHT];

    private SyntheticFace() {}

    /** Draws it anew. */
    static Image draw() {
        SyntheticFace canvas = new SyntheticFace();
        canvas.background();
        canvas.ellipse(320, 460, 190, 110, 90, 60, 40, 0.3f); // shoulders
        canvas.ellipse(320, 390, 58, 70, 105, 140, 190, 0.3f); // neck
        canvas.ellipse(320, 225, 118, 155, 25, 35, 50, 0.2f); // hair
        canvas.ellipse(320, 245, 98, 132, 130, 165, 220, 0.35f); // skin
        canvas.ellipse(320, 150, 80, 34, 30, 40, 58, 0.1f); // fringe
        canvas.eye(274);
        canvas.eye(366);
        canvas.ellipse(320, 250, 9, 36, 150, 185, 235, 0.1f); // bridge of the nose
        canvas.ellipse(320, 278, 22, 12, 105, 135, 190, 0.2f); // tip
        canvas.ellipse(311, 282, 5, 4, 50, 65, 100, 0); // nostrils
        canvas.ellipse(329, 282, 5, 4, 50, 65, 100, 0);
        canvas.ellipse(320, 322, 40, 13, 80, 80, 175, 0.2f); // lips
        canvas.ellipse(320, 321, 34, 3, 40, 40, 90, 0);
        return new Image(WIDTH, HEIGHT, canvas.bgr);
    }

    private void eye(int x) {
        ellipse(x, 192, 28, 6, 30, 42, 60, 0.1f); // brow
        ellipse(x, 214, 26, 14, 100, 130, 180, 0.1f); // lid
        ellipse(x, 216, 22, 9, 225, 232, 236, 0.1f); // white
        ellipse(x, 216, 9, 9, 50, 80, 110, 0.1f); // iris
        ellipse(x, 216, 4, 4, 12, 14, 16, 0); // pupil
        ellipse(x + 2, 213, 2, 2, 250, 250, 250, 0); // glint
    }

    private void background() {
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                set(x, y, 150 - y / 8f, 130 + x / 16f, 90 + y / 10f, 1);
            }
        }
    }

    /**
     * A soft-edged ellipse, lit from the upper left.
     *
     * @param shade how much darker its lower right edge is, 0 to 1
     */
    private void ellipse(
            float cx, float cy, float rx, float ry, float b, float g, float r, float shade) {
        int top = Math.max(0, (int) (cy - ry) - 2);
        int bottom = Math.min(HEIGHT - 1, (int) (cy + ry) + 2);
        int left = Math.max(0, (int) (cx - rx) - 2);
        int right = Math.min(WIDTH - 1, (int) (cx + rx) + 2);
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                float dx = (x - cx) / rx;
                float dy = (y - cy) / ry;
                float radius = (float) Math.sqrt(dx * dx + dy * dy);
                float cover = Math.clamp((1 - radius) * Math.min(rx, ry) / 1.5f + 0.5f, 0f, 1f);
                float light = 1 - shade * (0.35f * (dx + dy) + 0.65f * radius * radius);
                set(x, y, b * light, g * light, r * light, cover);
            }
        }
    }

    private void set(int x, int y, float b, float g, float r, float cover) {
        int at = 3 * (y * WIDTH + x);
        blend(at, b, cover);
        blend(at + 1, g, cover);
        blend(at + 2, r, cover);
    }

    private void blend(int at, float value, float cover) {
        float old = bgr[at] & 0xFF;
        bgr[at] = (byte) Math.clamp(Math.round(old + (value - old) * cover), 0, 255);
    }
}
