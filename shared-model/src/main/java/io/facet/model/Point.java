package io.facet.model;

/** A point in pixels of an upright picture, from its top-left corner; always finite. */
public record Point(float x, float y) {
    public Point {
        if (!Float.isFinite(x) || !Float.isFinite(y)) {
            throw new IllegalArgumentException("a point is finite, not " + x + ", " + y);
        }
    }

    /** Euclidean distance in pixels. */
    public float distance(Point other) {
        return (float) Math.hypot(x - other.x, y - other.y);
    }
}
