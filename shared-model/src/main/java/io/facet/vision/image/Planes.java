package io.facet.vision.image;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * One picture's place in the input of a network: three float32 planes of height x width, one behind
 * the other, in RGB or BGR order, each value {@code (pixel - mean) * scale} of a pixel 0 to 255.
 *
 * <p>Writes into a buffer it does not own. Not thread-safe; reusable for picture after picture.
 */
public final class Planes {
    private final int width;
    private final int height;
    private final boolean rgb;
    private final float[] mean;
    private final float[] scale;
    private final FloatBuffer data;
    private final int offset;
    private final float[] scratch;

    /**
     * Lays planes into a buffer.
     *
     * @param rgb whether red comes first, else blue
     * @param mean three values in plane order
     * @param scale three values in plane order
     * @param offset index of the first float; {@code 3 * width * height} from there on are written
     */
    public Planes(
            int width,
            int height,
            boolean rgb,
            float[] mean,
            float[] scale,
            FloatBuffer data,
            int offset) {
        this.width = width;
        this.height = height;
        this.rgb = rgb;
        this.mean = mean.clone();
        this.scale = scale.clone();
        this.data = data;
        this.offset = offset;
        this.scratch = new float[width];
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /**
     * Writes a row of pixels.
     *
     * @param bgr {@code 3 * width} values 0 to 255: all blue, all green, all red
     */
    void putRow(int y, float[] bgr) {
        for (int plane = 0; plane < 3; plane++) {
            int colour = rgb ? 2 - plane : plane;
            int at = offset + (plane * height + y) * width;
            if (mean[plane] == 0 && scale[plane] == 1) {
                data.put(at, bgr, colour * width, width);
            } else {
                for (int x = 0; x < width; x++) {
                    scratch[x] = (bgr[colour * width + x] - mean[plane]) * scale[plane];
                }
                data.put(at, scratch, 0, width);
            }
        }
    }

    /** Makes the rows from {@code from} to before {@code to} black. */
    void blackRows(int from, int to) {
        for (int plane = 0; plane < 3; plane++) {
            Arrays.fill(scratch, (0 - mean[plane]) * scale[plane]);
            for (int y = from; y < to; y++) {
                data.put(offset + (plane * height + y) * width, scratch, 0, width);
            }
        }
    }
}
