package io.facet.vision.image;

import io.facet.model.Point;

/**
 * Where in the picture a target pixel comes from: {@code (a x + b y + c, d x + e y + f)}, both in
 * coordinates of pixel centres, the centre of the first pixel being (0, 0).
 */
public record AffineMap(double a, double b, double c, double d, double e, double f) {
    /** Stretches {@code from} over {@code to}, edges on edges. */
    public static AffineMap stretch(Window from, Window to) {
        double sx = (double) from.width() / to.width();
        double sy = (double) from.height() / to.height();
        return new AffineMap(
                sx,
                0,
                from.x() - 0.5 + sx * (0.5 - to.x()),
                0,
                sy,
                from.y() - 0.5 + sy * (0.5 - to.y()));
    }

    /** Where the pixel centre (x, y) of the target lies in the picture, edges at whole numbers. */
    public Point apply(double x, double y) {
        return new Point((float) (a * x + b * y + c + 0.5), (float) (d * x + e * y + f + 0.5));
    }
}
