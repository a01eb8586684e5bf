package io.facet.vision.image;

/** How the stored pixels must be turned to stand upright: the values 1 to 8 of EXIF tag 0x0112. */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    UPSIDE_DOWN(false, true, true),
    MIRRORED_UPSIDE_DOWN(false, false, true),
    TRANSPOSED(true, false, false),
    TURN_RIGHT(true, true, false),
    TRANSVERSED(true, true, true),
    TURN_LEFT(true, false, true);

    private static final Orientation[] VALUES = values();

    private final boolean swapAxes;
    private final boolean flipX;
    private final boolean flipY;

    Orientation(boolean swapAxes, boolean flipX, boolean flipY) {
        this.swapAxes = swapAxes;
        this.flipX = flipX;
        this.flipY = flipY;
    }

    /** The orientation of an EXIF value; anything that is not 1 to 8 is upright. */
    static Orientation ofExif(int value) {
        return value >= 1 && value <= VALUES.length ? VALUES[value - 1] : UPRIGHT;
    }

    /** The upright picture; the same object when there is nothing to turn. */
    Image upright(Image stored) {
        if (this == UPRIGHT) {
            return stored;
        }
        int width = swapAxes ? stored.height() : stored.width();
        int height = swapAxes ? stored.width() : stored.height();
        byte[] from = stored.bgr();
        byte[] to = new byte[3 * width * height];
        int stepX = 3 * (swapAxes ? stored.width() : 1) * (flipX ? -1 : 1);
        for (int y = 0; y < height; y++) {
            int in = firstOfRow(stored, y);
            int out = 3 * y * width;
            for (int x = 0; x < width; x++, out += 3, in += stepX) {
                to[out] = from[in];
                to[out + 1] = from[in + 1];
                to[out + 2] = from[in + 2];
            }
        }
        return new Image(width, height, to);
    }

    /** Where the first pixel of an upright row is stored. */
    private int firstOfRow(Image stored, int y) {
        int last = swapAxes ? stored.width() - 1 : stored.height() - 1;
        int across = flipY ? last - y : y;
        int along = flipX ? (swapAxes ? stored.height() : stored.width()) - 1 : 0;
        return swapAxes
                ? 3 * (along * stored.width() + across)
                : 3 * (across * stored.width() + along);
    }
}
