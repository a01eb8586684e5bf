package io.facet.edge.liveness;

import io.facet.model.Box;
import io.facet.vision.image.Image;
import java.util.Arrays;

/**
 * What a screen or a held picture shows in a single look: the pattern of its pixels against the
 * camera's, and its border. One thread; keeps its buffers.
 */
final class ScreenSigns {
    /** Above it, a look shows a screen's pattern. */
    static final float PATTERN = 60;

    /** Above it, a look shows a border. */
    static final float FRAMED = 0.45f;

    private static final int SIDE = Spectrum.SIDE;

    // Rings of frequencies, in periods a square: faces are smooth beyond the first, and the last
    // is the camera's own limit.
    private static final int FIRST_RING = 9;
    private static final int LAST_RING = 31;

    /** Codecs work in blocks of eight pixels: their edges are these frequencies and neighbours. */
    private static final int BLOCKS = SIDE / 8;

    /** Of noise, so that a smooth face has no ratio of nothing to nothing. */
    private static final float FLOOR = 0.02f * SIDE * SIDE;

    private static final int ALONG = 48;
    private static final float NEAREST = 0.1f;
    private static final float FARTHEST = 1.5f;
    private static final float EDGE = 12;

    private final Spectrum spectrum = new Spectrum();
    private final float[] pixels = new float[SIDE * SIDE];
    private final float[] ring = new float[8 * SIDE];
    private final float[] sides = new float[4];

    /**
     * How far one frequency stands out: the strongest against the usual one of its ring. Pixels are
     * taken as they are, for resampling would wash the pattern out.
     */
    float pattern(Image image, Box face) {
        int left = Math.round(face.x() + face.width() / 2) - SIDE / 2;
        int top = Math.round(face.y() + face.height() / 2) - SIDE / 2;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                pixels[y * SIDE + x] = luma(image, left + x, top + y);
            }
        }
        spectrum.of(pixels);
        float most = 0;
        for (int radius = FIRST_RING; radius <= LAST_RING; radius++) {
            most = Math.max(most, standsOut(radius));
        }
        return most;
    }

    private float standsOut(int radius) {
        int count = 0;
        for (int ky = -radius; ky <= radius; ky++) {
            // The other half plane says the same.
            for (int kx = 0; kx <= radius; kx++) {
                if (!(isOfBlocks(kx) && isOfBlocks(ky))
                        && Math.round(Math.hypot(kx, ky)) == radius) {
                    ring[count++] = pixels[Math.floorMod(ky, SIDE) * SIDE + kx];
                }
            }
        }
        Arrays.sort(ring, 0, count);
        return count == 0 ? 0 : ring[count - 1] / (ring[count / 2] + FLOOR);
    }

    private static boolean isOfBlocks(int frequency) {
        return Math.floorMod(frequency + 1, BLOCKS) <= 2;
    }

    /**
     * How straight an edge runs beside the face on at least three of its sides, 0 to 1: the share
     * of its length over which the picture steps the same way.
     */
    float frame(Image image, Box face) {
        for (int side = 0; side < 4; side++) {
            sides[side] = straightest(image, face, side);
        }
        Arrays.sort(sides);
        return sides[1];
    }

    private static float straightest(Image image, Box face, int side) {
        boolean upright = side < 2;
        float reach = upright ? face.width() : face.height();
        float from = side % 2 == 0 ? start(face, upright) : start(face, upright) + reach;
        int direction = side % 2 == 0 ? -1 : 1;
        int limit = upright ? image.width() : image.height();
        float best = 0;
        for (int away = (int) (NEAREST * reach); away < FARTHEST * reach; away++) {
            int at = Math.round(from) + direction * away;
            if (at < 2 || at > limit - 3) {
                break;
            }
            best = Math.max(best, agreement(image, face, upright, at));
        }
        return best;
    }

    private static float start(Box face, boolean upright) {
        return upright ? face.x() : face.y();
    }

    private static float agreement(Image image, Box face, boolean upright, int at) {
        float length = 1.4f * (upright ? face.height() : face.width());
        float begin = start(face, !upright) - length / 7;
        int sum = 0;
        for (int i = 0; i < ALONG; i++) {
            int along = Math.round(begin + length * i / (ALONG - 1));
            float step =
                    upright
                            ? luma(image, at + 1, along) - luma(image, at - 1, along)
                            : luma(image, along, at + 1) - luma(image, along, at - 1);
            if (Math.abs(step) > EDGE) {
                sum += step > 0 ? 1 : -1;
            }
        }
        return Math.abs(sum) / (float) ALONG;
    }

    private static float luma(Image image, int x, int y) {
        int column = Math.clamp(x, 0, image.width() - 1);
        int line = Math.clamp(y, 0, image.height() - 1);
        int at = 3 * (line * image.width() + column);
        byte[] bgr = image.bgr();
        return 0.114f * (bgr[at] & 0xff)
                + 0.587f * (bgr[at + 1] & 0xff)
                + 0.299f * (bgr[at + 2] & 0xff);
    }
}
