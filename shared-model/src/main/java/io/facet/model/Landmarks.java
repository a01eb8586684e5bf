package io.facet.model;

import java.util.List;

/**
 * The five points of a face, in pixels of the upright picture. Left and right are the picture's,
 * not the person's: {@code leftEye} has the smaller x on an upright frontal face.
 */
public record Landmarks(
        Point leftEye, Point rightEye, Point nose, Point leftMouth, Point rightMouth) {

    /** In the order of every alignment template: eyes, nose, mouth corners. */
    public List<Point> points() {
        return List.of(leftEye, rightEye, nose, leftMouth, rightMouth);
    }

    /** Distance of the eyes in pixels. */
    public float eyeDistance() {
        return leftEye.distance(rightEye);
    }

    /**
     * How far the eyes' line leans, in radians, clockwise above 0; 0 when both are in one place.
     */
    public double roll() {
        return Math.atan2(rightEye.y() - leftEye.y(), rightEye.x() - leftEye.x());
    }

    /** The same points in a picture scaled by {@code factor} and then moved by (dx, dy). */
    public Landmarks scaled(float factor, float dx, float dy) {
        return new Landmarks(
                scaled(leftEye, factor, dx, dy),
                scaled(rightEye, factor, dx, dy),
                scaled(nose, factor, dx, dy),
                scaled(leftMouth, factor, dx, dy),
                scaled(rightMouth, factor, dx, dy));
    }

    private static Point scaled(Point p, float factor, float dx, float dy) {
        return new Point(p.x() * factor + dx, p.y() * factor + dy);
    }
}
