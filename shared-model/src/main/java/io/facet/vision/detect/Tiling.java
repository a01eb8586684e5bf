package io.facet.vision.detect;

import io.facet.model.Box;
import io.facet.vision.image.Window;
import java.util.ArrayList;
import java.util.List;

/** Cuts a large picture into overlapping square tiles. */
final class Tiling {
    /** Share of a tile that the next one covers too: faces up to that size are whole in one. */
    private static final double OVERLAP = 0.25;

    /** More tiles along one side than this would cost more than small faces are worth. */
    private static final int MOST_ALONG = 5;

    private static final float EDGE = 2;

    private Tiling() {}

    /**
     * Tiles that cover a picture, row by row; none when it is hardly larger than one.
     *
     * @param side of a tile in pixels; larger when there would be too many
     */
    static List<Window> of(int width, int height, int side) {
        int longer = Math.max(width, height);
        if (longer <= side * (1 + OVERLAP)) {
            return List.of();
        }
        int tile = Math.max(side, (int) Math.ceil(longer / (1 + (MOST_ALONG - 1) * (1 - OVERLAP))));
        List<Window> tiles = new ArrayList<>();
        for (int y : starts(height, tile)) {
            for (int x : starts(width, tile)) {
                tiles.add(new Window(x, y, Math.min(tile, width - x), Math.min(tile, height - y)));
            }
        }
        return tiles;
    }

    private static int[] starts(int length, int tile) {
        if (length <= tile) {
            return new int[] {0};
        }
        int count = 1 + (int) Math.ceil((length - tile) / (tile * (1 - OVERLAP)));
        int[] starts = new int[count];
        for (int i = 0; i < count; i++) {
            starts[i] = (int) ((long) i * (length - tile) / (count - 1));
        }
        return starts;
    }

    /** Whether a box in a tile is not cut by an edge that is not the picture's own. */
    static boolean whole(Box box, Window tile, int width, int height) {
        int right = tile.x() + tile.width();
        int bottom = tile.y() + tile.height();
        return (tile.x() == 0 || box.x() > tile.x() + EDGE)
                && (tile.y() == 0 || box.y() > tile.y() + EDGE)
                && (right == width || box.right() < right - EDGE)
                && (bottom == height || box.bottom() < bottom - EDGE);
    }
}
