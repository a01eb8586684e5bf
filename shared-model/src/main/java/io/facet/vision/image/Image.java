package io.facet.vision.image;

/**
 * An upright picture in memory: 8-bit BGR, packed, rows from the top, {@code 3 * width} bytes a
 * row.
 *
 * <p>Wraps, does not copy: whoever made the buffer owns it, and may use it again only when nobody
 * reads this image any more. Stages only read.
 */
public final class Image {
    private final int width;
    private final int height;
    private final byte[] bgr;

    /**
     * Wraps a buffer, which may be longer than the picture needs.
     *
     * @throws IllegalArgumentException for an empty picture or a buffer that is too short
     */
    public Image(int width, int height, byte[] bgr) {
        if (width < 1 || height < 1 || (long) width * height * 3 > bgr.length) {
            throw new IllegalArgumentException(
                    bgr.length + " bytes do not hold " + width + " x " + height + " BGR pixels");
        }
        this.width = width;
        this.height = height;
        this.bgr = bgr;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The pixels themselves, not a copy: pixel (x, y) begins at {@code 3 * (y * width + x)}. */
    public byte[] bgr() {
        return bgr;
    }

    /**
     * A part of the picture with pixels of its own.
     *
     * @param part inside the picture
     */
    public Image copy(Window part) {
        byte[] to = new byte[3 * part.width() * part.height()];
        copy(part, to);
        return new Image(part.width(), part.height(), to);
    }

    /** Copies a part into a buffer of packed BGR. */
    void copy(Window part, byte[] to) {
        for (int y = 0; y < part.height(); y++) {
            int from = 3 * ((part.y() + y) * width + part.x());
            System.arraycopy(bgr, from, to, 3 * y * part.width(), 3 * part.width());
        }
    }

    @Override
    public String toString() {
        return "Image[" + width + " x " + height + "]";
    }
}
