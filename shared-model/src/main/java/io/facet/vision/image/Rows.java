package io.facet.vision.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The inner loops of {@link Resampler}, one job each so that the just-in-time compiler keeps them
 * tight.
 *
 * <p>It does not vectorise arithmetic on unsigned bytes, so rows are blended eight bytes at a time
 * in a long: even and odd bytes apart in four lanes of 16 bits, times weights that sum to 256,
 * which no lane can overflow. Four times as fast as one byte at a time.
 */
final class Rows {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EVEN = 0x00FF_00FF_00FF_00FFL;
    private static final long UPPER_SEVEN = 0xFEFE_FEFE_FEFE_FEFEL;
    private static final long HALF = 0x0080_0080_0080_0080L;

    private Rows() {}

    /** out = (w0 * row at {@code at} + w1 * the row after it) / 256, rounded. */
    static void blendTwo(byte[] in, int at, int w0, int w1, byte[] out, int length) {
        int below = at + length;
        int whole = length & ~7;
        for (int i = 0; i < whole; i += 8) {
            long a = (long) LONGS.get(in, at + i);
            long b = (long) LONGS.get(in, below + i);
            long even = (a & EVEN) * w0 + (b & EVEN) * w1 + HALF;
            long odd = ((a >>> 8) & EVEN) * w0 + ((b >>> 8) & EVEN) * w1 + HALF;
            LONGS.set(out, i, ((even >>> 8) & EVEN) | (odd & ~EVEN));
        }
        for (int i = whole; i < length; i++) {
            int sum = (in[at + i] & 0xFF) * w0 + (in[below + i] & 0xFF) * w1;
            out[i] = (byte) ((sum + 128) >> 8);
        }
    }

    /** The mean of two rows, rounded up, as {@link #blendTwo} at equal weights would have it. */
    static void mean(byte[] in, int at, byte[] out, int length) {
        int below = at + length;
        int whole = length & ~7;
        for (int i = 0; i < whole; i += 8) {
            long a = (long) LONGS.get(in, at + i);
            long b = (long) LONGS.get(in, below + i);
            // a + b = 2 (a | b) - (a ^ b), halved byte by byte.
            LONGS.set(out, i, (a | b) - (((a ^ b) & UPPER_SEVEN) >>> 1));
        }
        for (int i = whole; i < length; i++) {
            out[i] = (byte) (((in[at + i] & 0xFF) + (in[below + i] & 0xFF) + 1) >> 1);
        }
    }

    /** out = sum of the axis's taps over consecutive rows, for target row {@code y}. */
    static void blend(byte[] in, Axis down, int y, byte[] out, int length) {
        int top = down.first[y] * length;
        int from = y * down.taps;
        int whole = length & ~7;
        for (int i = 0; i < whole; i += 8) {
            long even = HALF;
            long odd = HALF;
            for (int k = 0; k < down.taps; k++) {
                long a = (long) LONGS.get(in, top + k * length + i);
                int w = down.weights256[from + k];
                even += (a & EVEN) * w;
                odd += ((a >>> 8) & EVEN) * w;
            }
            LONGS.set(out, i, ((even >>> 8) & EVEN) | (odd & ~EVEN));
        }
        for (int i = whole; i < length; i++) {
            int sum = 128;
            for (int k = 0; k < down.taps; k++) {
                sum += (in[top + k * length + i] & 0xFF) * down.weights256[from + k];
            }
            out[i] = (byte) (sum >> 8);
        }
    }

    /**
     * The mean of every two pixels, as {@link #acrossTwo} would have it. The commonest case, 1280
     * pixels to 640, and twice as fast, as no index is looked up and none needs a check.
     */
    static void acrossHalf(byte[] in, int count, float[] out, int planeWidth) {
        int red = 2 * planeWidth;
        for (int x = 0; x < count; x++) {
            int at = 6 * x;
            out[x] = 0.5f * ((in[at] & 0xFF) + (in[at + 3] & 0xFF));
            out[planeWidth + x] = 0.5f * ((in[at + 1] & 0xFF) + (in[at + 4] & 0xFF));
            out[red + x] = 0.5f * ((in[at + 2] & 0xFF) + (in[at + 5] & 0xFF));
        }
    }

    /** Blends two neighbouring pixels each, interleaved bytes in and planar floats out. */
    static void acrossTwo(byte[] in, Axis axis, float[] out, int planeWidth) {
        int[] first = axis.first;
        float[] weights = axis.weights;
        int red = 2 * planeWidth;
        for (int x = 0; x < first.length; x++) {
            int at = 3 * first[x];
            float w0 = weights[2 * x];
            float w1 = weights[2 * x + 1];
            out[x] = w0 * (in[at] & 0xFF) + w1 * (in[at + 3] & 0xFF);
            out[planeWidth + x] = w0 * (in[at + 1] & 0xFF) + w1 * (in[at + 4] & 0xFF);
            out[red + x] = w0 * (in[at + 2] & 0xFF) + w1 * (in[at + 5] & 0xFF);
        }
    }

    /** Blends any number of neighbouring pixels, interleaved bytes in and planar floats out. */
    static void across(byte[] in, Axis axis, float[] out, int planeWidth) {
        for (int x = 0; x < axis.first.length; x++) {
            float blue = 0;
            float green = 0;
            float red = 0;
            int at = 3 * axis.first[x];
            for (int w = x * axis.taps; w < (x + 1) * axis.taps; w++, at += 3) {
                float weight = axis.weights[w];
                blue += weight * (in[at] & 0xFF);
                green += weight * (in[at + 1] & 0xFF);
                red += weight * (in[at + 2] & 0xFF);
            }
            out[x] = blue;
            out[planeWidth + x] = green;
            out[2 * planeWidth + x] = red;
        }
    }
}
