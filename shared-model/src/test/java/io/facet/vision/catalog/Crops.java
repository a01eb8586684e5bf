package io.facet.vision.catalog;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;

/** A small aligner and tensor filler, independent of the product's own, for checking networks. */
public final class Crops {
    private Crops() {}

    /** Warps five points onto a template by a least-squares similarity, bilinear, black outside. */
    public static BufferedImage aligned(
            BufferedImage image, double[][] points, double[][] template, int side) {
        double[] t = similarity(template, points);
        BufferedImage crop = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double sx = t[0] * x - t[1] * y + t[2];
                double sy = t[1] * x + t[0] * y + t[3];
                crop.setRGB(x, y, bilinear(image, sx, sy));
            }
        }
        return crop;
    }

    /** Stretches a picture to a square. */
    public static BufferedImage resized(BufferedImage image, int side) {
        BufferedImage out = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = out.createGraphics();
        g.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.drawImage(image, 0, 0, side, side, null);
        g.dispose();
        return out;
    }

    /** Appends a picture as three planes. */
    public static void fill(FloatBuffer target, BufferedImage image, InputSpec spec) {
        int[] pixels =
                image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        for (int plane = 0; plane < 3; plane++) {
            int shift = spec.colour() == ColourOrder.RGB ? 16 - 8 * plane : 8 * plane;
            float mean = spec.mean().get(plane);
            float scale = spec.scale().get(plane);
            for (int rgb : pixels) {
                target.put((((rgb >> shift) & 0xFF) - mean) * scale);
            }
        }
    }

    /** (a, b, tx, ty) with x' = a x - b y + tx, y' = b x + a y + ty. */
    private static double[] similarity(double[][] from, double[][] to) {
        double[] fm = mean(from);
        double[] tm = mean(to);
        double a = 0;
        double b = 0;
        double norm = 0;
        for (int i = 0; i < from.length; i++) {
            double x = from[i][0] - fm[0];
            double y = from[i][1] - fm[1];
            double u = to[i][0] - tm[0];
            double v = to[i][1] - tm[1];
            a += x * u + y * v;
            b += x * v - y * u;
            norm += x * x + y * y;
        }
        a /= norm;
        b /= norm;
        return new double[] {a, b, tm[0] - a * fm[0] + b * fm[1], tm[1] - b * fm[0] - a * fm[1]};
    }

    private static double[] mean(double[][] points) {
        double x = 0;
        double y = 0;
        for (double[] p : points) {
            x += p[0];
            y += p[1];
        }
        return new double[] {x / points.length, y / points.length};
    }

    private static int bilinear(BufferedImage image, double x, double y) {
        int x0 = (int) Math.floor(x);
        int y0 = (int) Math.floor(y);
        double fx = x - x0;
        double fy = y - y0;
        int rgb = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            double top = mix(at(image, x0, y0, shift), at(image, x0 + 1, y0, shift), fx);
            double low = mix(at(image, x0, y0 + 1, shift), at(image, x0 + 1, y0 + 1, shift), fx);
            rgb |= (int) Math.round(mix(top, low, fy)) << shift;
        }
        return rgb;
    }

    private static double mix(double a, double b, double f) {
        return a + (b - a) * f;
    }

    private static int at(BufferedImage image, int x, int y, int shift) {
        boolean inside = x >= 0 && y >= 0 && x < image.getWidth() && y < image.getHeight();
        return inside ? (image.getRGB(x, y) >> shift) & 0xFF : 0;
    }
}
