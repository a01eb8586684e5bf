package io.facet.vision.landmark;

import io.facet.model.Landmarks;
import io.facet.model.Point;
import java.util.List;

/** The five alignment points out of the 68 of the iBUG 300-W scheme. */
public final class FivePoints {
    private FivePoints() {}

    /**
     * Eye centres as the mean of their outlines (36-41, 42-47), nose tip (30), mouth corners (48,
     * 54).
     */
    public static Landmarks of(List<Point> points68) {
        return new Landmarks(
                mean(points68.subList(36, 42)),
                mean(points68.subList(42, 48)),
                points68.get(30),
                points68.get(48),
                points68.get(54));
    }

    private static Point mean(List<Point> points) {
        float x = 0;
        float y = 0;
        for (Point p : points) {
            x += p.x() / points.size();
            y += p.y() / points.size();
        }
        return new Point(x, y);
    }
}
