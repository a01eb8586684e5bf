package io.facet.edge.liveness;

import io.facet.vision.image.Image;
import java.util.Arrays;
import java.util.Random;

/**
 * Films of a picture that somebody holds before a camera: a rectangle in space, seen by a pinhole
 * camera over a background, with the camera's noise. On a screen the picture is made of coloured
 * stripes, which the camera's own pixels sample into moire; light and dark bands run over it, and
 * there is a dark border.
 *
 * @param widthPixels of the picture where it faces the camera
 * @param screen whether it is a screen's, else a print
 * @param pitch of the screen's pixels, in pixels of the camera
 */
record HeldPicture(double widthPixels, boolean screen, double pitch) {
    static final int WIDTH = 480;
    static final int HEIGHT = 300;

    private static final double FOCAL = 600;
    private static final double BEZEL = 0.06;
    private static final double NOISE = 2;
    private static final int FINE = 3;

    /** How it is held: angles in radians, the rest in pixels. */
    record Pose(double yaw, double pitch, double roll, double x, double y, double distance) {}

    /** One frame. */
    Image frame(Image picture, Image behind, Pose pose, double phase, Random random) {
        Ray ray = new Ray(pose, across(pose), down(pose));
        byte[] out = new byte[3 * WIDTH * HEIGHT];
        double[] sum = new double[3];
        for (int y = 0; y < HEIGHT; y++) {
            double band = screen ? 1 + 0.06 * Math.sin(2 * Math.PI * (y / 120.0 + phase)) : 1;
            for (int x = 0; x < WIDTH; x++) {
                light(picture, behind, ray, x, y, sum);
                for (int c = 0; c < 3; c++) {
                    double value = sum[c] / (FINE * FINE) * band + NOISE * random.nextGaussian();
                    out[3 * (y * WIDTH + x) + c] = (byte) Math.clamp(Math.round(value), 0L, 255L);
                }
            }
        }
        return new Image(WIDTH, HEIGHT, out);
    }

    /** What falls onto a pixel: the sum over its parts. */
    private void light(Image picture, Image behind, Ray ray, int x, int y, double[] sum) {
        double halfWidth = widthPixels / 2;
        double halfHeight = halfWidth * picture.height() / picture.width();
        Arrays.fill(sum, 0);
        for (int part = 0; part < FINE * FINE; part++) {
            int across = part % FINE;
            int down = part / FINE;
            ray.through(
                    x + (across + 0.5) / FINE - WIDTH / 2.0,
                    y + (down + 0.5) / FINE - HEIGHT / 2.0);
            double u = ray.along / halfWidth;
            double v = ray.downwards / halfHeight;
            if (Math.abs(u) < 1 && Math.abs(v) < 1) {
                shine(picture, u, v, ray.along + halfWidth, ray.downwards + halfHeight, sum);
            } else if (screen
                    && Math.abs(ray.along) < halfWidth + BEZEL * widthPixels
                    && Math.abs(ray.downwards) < halfHeight + BEZEL * widthPixels) {
                add(sum, 18, 18, 18);
            } else {
                int at = 3 * (y * WIDTH + x);
                byte[] bgr = behind.bgr();
                add(sum, bgr[at] & 0xff, bgr[at + 1] & 0xff, bgr[at + 2] & 0xff);
            }
        }
    }

    private static void add(double[] sum, double blue, double green, double red) {
        sum[0] += blue;
        sum[1] += green;
        sum[2] += red;
    }

    private static double[] across(Pose p) {
        double lean = Math.sin(p.yaw) * Math.sin(p.pitch);
        return new double[] {
            Math.cos(p.yaw) * Math.cos(p.roll) + lean * Math.sin(p.roll),
            Math.cos(p.pitch) * Math.sin(p.roll),
            -Math.sin(p.yaw) * Math.cos(p.roll)
                    + Math.cos(p.yaw) * Math.sin(p.pitch) * Math.sin(p.roll)
        };
    }

    private static double[] down(Pose p) {
        double lean = Math.sin(p.yaw) * Math.sin(p.pitch);
        return new double[] {
            -Math.cos(p.yaw) * Math.sin(p.roll) + lean * Math.cos(p.roll),
            Math.cos(p.pitch) * Math.cos(p.roll),
            Math.sin(p.yaw) * Math.sin(p.roll)
                    + Math.cos(p.yaw) * Math.sin(p.pitch) * Math.cos(p.roll)
        };
    }

    /** Where the ray through a place of the camera meets the picture, in its two directions. */
    private static final class Ray {
        private final Pose pose;
        private final double[] across;
        private final double[] down;
        private double along;
        private double downwards;

        Ray(Pose pose, double[] across, double[] down) {
            this.pose = pose;
            this.across = across;
            this.down = down;
        }

        void through(double x, double y) {
            double nx = across[1] * down[2] - across[2] * down[1];
            double ny = across[2] * down[0] - across[0] * down[2];
            double nz = across[0] * down[1] - across[1] * down[0];
            double depth = FOCAL * pose.distance;
            double far = (nx * pose.x + ny * pose.y + nz * depth) / (nx * x + ny * y + nz * FOCAL);
            double px = far * x - pose.x;
            double py = far * y - pose.y;
            double pz = far * FOCAL - depth;
            along = px * across[0] + py * across[1] + pz * across[2];
            downwards = px * down[0] + py * down[1] + pz * down[2];
        }
    }

    private void shine(Image picture, double u, double v, double x, double y, double[] sum) {
        double column = (u + 1) / 2 * (picture.width() - 2);
        double line = (v + 1) / 2 * (picture.height() - 2);
        int left = (int) column;
        int top = (int) line;
        double right = column - left;
        double below = line - top;
        int at = 3 * (top * picture.width() + left);
        int under = at + 3 * picture.width();
        byte[] bgr = picture.bgr();
        double place = x / pitch;
        int stripe = 2 - (int) ((place - Math.floor(place)) * 3);
        double row = y / pitch;
        double lit = row - Math.floor(row) > 0.85 ? 0.2 : 1;
        for (int c = 0; c < 3; c++) {
            double upper = (bgr[at + c] & 0xff) * (1 - right) + (bgr[at + 3 + c] & 0xff) * right;
            double lower =
                    (bgr[under + c] & 0xff) * (1 - right) + (bgr[under + 3 + c] & 0xff) * right;
            double value = upper * (1 - below) + lower * below;
            sum[c] += screen ? value * lit * (c == stripe ? 2.4 : 0.25) : value;
        }
    }
}
