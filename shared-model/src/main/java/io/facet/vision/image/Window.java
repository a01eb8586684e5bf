package io.facet.vision.image;

/** A rectangle of whole pixels: left, top, width, height; at least one pixel. */
public record Window(int x, int y, int width, int height) {
    public Window {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("window of " + width + " x " + height);
        }
    }

    /** All of a picture. */
    public static Window of(Image image) {
        return new Window(0, 0, image.width(), image.height());
    }

    /** All of a network's input. */
    public static Window of(Planes planes) {
        return new Window(0, 0, planes.width(), planes.height());
    }

    int right() {
        return x + width;
    }

    int bottom() {
        return y + height;
    }
}
