package io.facet.model;

/**
 * A rectangle in pixels of an upright picture: top-left corner, width, height. Finite, sizes at
 * least 0; may reach beyond the picture, as detectors say of faces at its edge.
 */
public record Box(float x, float y, float width, float height) {
    public Box {
        if (!Float.isFinite(x) || !Float.isFinite(y)) {
            throw new IllegalArgumentException("a box is finite");
        }
        if (!(width >= 0 && height >= 0 && width < 1e6f && height < 1e6f)) {
            throw new IllegalArgumentException("box of " + width + " x " + height);
        }
    }

    public float right() {
        return x + width;
    }

    public float bottom() {
        return y + height;
    }

    public float area() {
        return width * height;
    }

    public Point centre() {
        return new Point(x + width / 2, y + height / 2);
    }

    public boolean contains(Point p) {
        return p.x() >= x && p.x() < right() && p.y() >= y && p.y() < bottom();
    }

    /** Intersection over union, 0 to 1; 0 when either box is empty. */
    public float iou(Box other) {
        float w = Math.min(right(), other.right()) - Math.max(x, other.x);
        float h = Math.min(bottom(), other.bottom()) - Math.max(y, other.y);
        if (w <= 0 || h <= 0) {
            return 0;
        }
        float both = w * h;
        return both / (area() + other.area() - both);
    }

    /** The same box in a picture scaled by {@code factor} and then moved by (dx, dy). */
    public Box scaled(float factor, float dx, float dy) {
        return new Box(x * factor + dx, y * factor + dy, width * factor, height * factor);
    }

    /** The part inside a picture of the given size; empty when nothing is. */
    public Box clipped(int pictureWidth, int pictureHeight) {
        float left = Math.clamp(x, 0, pictureWidth);
        float top = Math.clamp(y, 0, pictureHeight);
        return new Box(
                left,
                top,
                Math.max(0, Math.min(right(), pictureWidth) - left),
                Math.max(0, Math.min(bottom(), pictureHeight) - top));
    }
}
