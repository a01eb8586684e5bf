package io.facet.edge.liveness;

import io.facet.model.Box;
import io.facet.model.Landmarks;
import io.facet.model.Point;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.image.Image;

/** Made-up pictures of one face. */
final class Pictures {
    static final int WIDTH = 240;
    static final int HEIGHT = 240;

    /** Where the face of every picture is. */
    static final DetectedFace FACE =
            new DetectedFace(
                    new Box(70, 60, 100, 120),
                    new Landmarks(
                            new Point(97, 100),
                            new Point(143, 100),
                            new Point(120, 125),
                            new Point(102, 146),
                            new Point(138, 146)),
                    0.9f);

    /** Grey, 0 to 255, at a place in pixels. */
    @FunctionalInterface
    interface Paint {
        double at(double x, double y);
    }

    private Pictures() {}

    static Image of(Paint paint) {
        byte[] bgr = new byte[3 * WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                byte grey = (byte) Math.clamp(Math.round(paint.at(x, y)), 0L, 255L);
                for (int c = 0; c < 3; c++) {
                    bgr[3 * (y * WIDTH + x) + c] = grey;
                }
            }
        }
        return new Image(WIDTH, HEIGHT, bgr);
    }

    /** Soft blobs, as uneven as a face. */
    static double face(double x, double y) {
        double sum = 120;
        sum -= 70 * blob(x - 97, y - 100, 9);
        sum -= 70 * blob(x - 143, y - 100, 9);
        sum += 45 * blob(x - 120, y - 122, 14);
        sum -= 50 * blob((x - 120) / 2, y - 146, 7);
        sum += 30 * blob(x - 90, y - 130, 16);
        sum -= 35 * blob(x - 152, y - 128, 12);
        return sum;
    }

    private static double blob(double x, double y, double size) {
        return Math.exp(-(x * x + y * y) / (2 * size * size));
    }

    /** The face as a print that is turned: a homography, growing with the turn. */
    static Image turnedPrint(double turn) {
        return of((x, y) -> {
            double u = x - 120;
            double v = y - 120;
            double w = 1 + 0.0012 * turn * u + 0.0006 * turn * v;
            return 0.9
                            * face(
                                    120 + (u * (1 + 0.12 * turn) + 0.05 * turn * v) / w,
                                    120 + (v - 0.04 * turn * u) / w)
                    + 8;
        });
    }

    /** The face of somebody who turns: what is nearer moves farther. */
    static Image turnedHead(double turn) {
        return of((x, y) -> {
            double near = blob(x - 120, y - 118, 28);
            return face(x + 14 * turn * near, y);
        });
    }
}
