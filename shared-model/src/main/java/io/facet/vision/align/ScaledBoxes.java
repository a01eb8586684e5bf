package io.facet.vision.align;

import io.facet.model.Box;
import io.facet.vision.image.Window;

/**
 * The crop of Silent-Face-Anti-Spoofing (generate_patches.py): the box grown about its centre, but
 * no larger than the picture, and shifted inside it.
 */
public final class ScaledBoxes {
    private ScaledBoxes() {}

    /**
     * The window a network sees.
     *
     * @throws IllegalArgumentException for a box without extent
     */
    public static Window window(Box box, float scale, int pictureWidth, int pictureHeight) {
        float fitting = fittingScale(box, scale, pictureWidth, pictureHeight);
        float width = box.width() * fitting;
        float height = box.height() * fitting;
        float left = box.centre().x() - width / 2;
        float top = box.centre().y() - height / 2;
        int x0 = (int) Math.clamp(left, 0, Math.max(0, pictureWidth - 1 - width));
        int y0 = (int) Math.clamp(top, 0, Math.max(0, pictureHeight - 1 - height));
        int x1 = (int) Math.min(pictureWidth - 1f, x0 + width);
        int y1 = (int) Math.min(pictureHeight - 1f, y0 + height);
        return new Window(x0, y0, x1 - x0 + 1, y1 - y0 + 1);
    }

    /** The scale asked for, or the largest one at which the grown box fits in the picture. */
    public static float fittingScale(Box box, float scale, int pictureWidth, int pictureHeight) {
        if (!(box.width() > 0 && box.height() > 0)) {
            throw new IllegalArgumentException("a box without extent has no crop");
        }
        return Math.min(
                scale,
                Math.min((pictureWidth - 1) / box.width(), (pictureHeight - 1) / box.height()));
    }
}
