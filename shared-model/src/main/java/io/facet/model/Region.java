package io.facet.model;

import java.util.List;

/**
 * A polygon in a camera's picture, closed from the last corner to the first; where it crosses
 * itself, the even-odd rule says what is inside.
 *
 * @param corners 3 to 64 of them
 */
public record Region(List<Corner> corners) {
    /** Most corners. */
    public static final int MOST_CORNERS = 64;

    /**
     * A corner, relative to the picture: 0, 0 is its upper left, 1, 1 its lower right.
     *
     * @param x share of the width, 0 to 1
     * @param y share of the height, 0 to 1
     */
    public record Corner(float x, float y) {
        public Corner {
            if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) {
                throw new IllegalArgumentException(
                        "a corner lies inside the picture: x and y are 0 to 1, not "
                                + x
                                + " and "
                                + y);
            }
        }
    }

    public Region {
        corners = List.copyOf(corners);
        if (corners.size() < 3 || corners.size() > MOST_CORNERS) {
            throw new IllegalArgumentException(
                    "a region has 3 to " + MOST_CORNERS + " corners, not " + corners.size());
        }
    }

    /** Whether a place, in the same shares of the picture, is inside. */
    public boolean contains(float x, float y) {
        boolean inside = false;
        Corner last = corners.getLast();
        for (Corner next : corners) {
            boolean crossesRow = (next.y > y) != (last.y > y);
            if (crossesRow && x < (last.x - next.x) * (y - next.y) / (last.y - next.y) + next.x) {
                inside = !inside;
            }
            last = next;
        }
        return inside;
    }
}
