package io.facet.vision.align;

import io.facet.model.Point;
import io.facet.vision.image.AffineMap;
import java.util.List;

/**
 * Rotation, uniform scale and shift of the plane: {@code (x, y) -> (a x - b y + tx, b x + a y +
 * ty)}. Never mirrors.
 */
public record Similarity2d(double a, double b, double tx, double ty) {
    /**
     * The least-squares fit that takes {@code from} to {@code to}: Umeyama (1991) without the
     * reflection, which in the plane is one complex division.
     *
     * @param from two or more points, not all in one place
     * @param to as many points
     * @throws IllegalArgumentException when the points fix no transform
     */
    public static Similarity2d fit(List<Point> from, List<Point> to) {
        if (from.size() != to.size() || from.size() < 2) {
            throw new IllegalArgumentException("a fit needs two or more pairs of points");
        }
        double[] f = mean(from);
        double[] t = mean(to);
        double dot = 0;
        double cross = 0;
        double spread = 0;
        for (int i = 0; i < from.size(); i++) {
            double fx = from.get(i).x() - f[0];
            double fy = from.get(i).y() - f[1];
            double tx = to.get(i).x() - t[0];
            double ty = to.get(i).y() - t[1];
            dot += fx * tx + fy * ty;
            cross += fx * ty - fy * tx;
            spread += fx * fx + fy * fy;
        }
        double a = dot / spread;
        double b = cross / spread;
        if (!(a * a + b * b > 1e-12)) {
            throw new IllegalArgumentException("these points fix no similarity");
        }
        return new Similarity2d(a, b, t[0] - a * f[0] + b * f[1], t[1] - b * f[0] - a * f[1]);
    }

    public Point apply(Point p) {
        return new Point(
                (float) (a * p.x() - b * p.y() + tx), (float) (b * p.x() + a * p.y() + ty));
    }

    /** Length of a unit after the transform. */
    public double scale() {
        return Math.hypot(a, b);
    }

    public Similarity2d inverse() {
        double n = a * a + b * b;
        double ia = a / n;
        double ib = -b / n;
        return new Similarity2d(ia, ib, -(ia * tx - ib * ty), -(ib * tx + ia * ty));
    }

    /** This transform as a map of pixel centres. */
    public AffineMap asMap() {
        return new AffineMap(a, -b, tx, b, a, ty);
    }

    private static double[] mean(List<Point> points) {
        double x = 0;
        double y = 0;
        for (Point p : points) {
            x += p.x();
            y += p.y();
        }
        return new double[] {x / points.size(), y / points.size()};
    }
}
