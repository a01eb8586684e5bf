package io.facet.index;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Unit vectors as signed bytes, and their dot products in 16-bit lanes.
 *
 * <p>The scan multiplies bytes widened to shorts and adds the products up in shorts, which is twice
 * as fast as in ints and overflows unless someone sees to it. Two's complement addition wraps, so
 * only the final sum of a lane has to fit, and by Cauchy and Schwarz that sum is at most the length
 * of the row's part in this lane times the length of the probe's part. Rows are therefore scaled so
 * that no lane's part is longer than {@link #rowLimit}, probes so that theirs is at most {@link
 * #probeLimit}, and the product of the two limits, rounding included, is below 2^15. At dimension
 * 256 on 256-bit vectors that leaves a row about 7 bits and a probe about 6 bits a component: a
 * cosine is off by less than 0.002 (standard deviation), which re-scoring a few candidates in float
 * makes good.
 *
 * <p>Immutable, thread-safe.
 */
final class Int8Codes {
    static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(
                    byte.class, VectorShape.forBitSize(SHORTS.vectorShape().vectorBitSize() / 2));
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int LANES = SHORTS.length();

    /** Rows the kernel takes at a time, so that one load of the probe serves them all. */
    static final int ROWS_AT_ONCE = 4;

    private final int dimension;
    private final int stride;
    private final float rowLimit;
    private final float probeLimit;

    Int8Codes(int dimension) {
        this.dimension = dimension;
        this.stride = (dimension + LANES - 1) / LANES * LANES;
        double perLane = (double) stride / LANES;
        double rounding = 0.5 * Math.sqrt(perLane);
        this.rowLimit = (float) (64 * Math.sqrt(perLane));
        this.probeLimit = (float) (Short.MAX_VALUE / (rowLimit + rounding) - rounding - 0.1);
    }

    /** Bytes of a row: the dimension, padded with zeros to whole vectors. */
    int stride() {
        return stride;
    }

    /**
     * Writes the codes of a unit vector.
     *
     * @return what to multiply a code with to get a component
     */
    float encodeRow(float[] unit, MemorySegment codes, long offset) {
        float scale = Math.min(Byte.MAX_VALUE / largest(unit), rowLimit / longestLane(unit));
        for (int i = 0; i < dimension; i++) {
            codes.set(ValueLayout.JAVA_BYTE, offset + i, (byte) Math.round(unit[i] * scale));
        }
        return 1 / scale;
    }

    /** Writes the codes of a probe; {@code codes} has {@link #stride} elements, zero at the end. */
    float encodeProbe(float[] unit, short[] codes) {
        float scale = probeLimit / longestLane(unit);
        for (int i = 0; i < dimension; i++) {
            codes[i] = (short) Math.round(unit[i] * scale);
        }
        return 1 / scale;
    }

    /**
     * Dot products of a probe with consecutive rows.
     *
     * @param rows a multiple of {@link #ROWS_AT_ONCE}
     */
    void dots(MemorySegment codes, long offset, int rows, short[] probe, int[] dots) {
        int step = stride;
        for (int row = 0; row < rows; row += ROWS_AT_ONCE) {
            long first = offset + (long) row * step;
            ShortVector a = ShortVector.zero(SHORTS);
            ShortVector b = ShortVector.zero(SHORTS);
            ShortVector c = ShortVector.zero(SHORTS);
            ShortVector d = ShortVector.zero(SHORTS);
            for (int i = 0; i < step; i += LANES) {
                ShortVector p = ShortVector.fromArray(SHORTS, probe, i);
                a = a.add(widened(codes, first + i).mul(p));
                b = b.add(widened(codes, first + step + i).mul(p));
                c = c.add(widened(codes, first + 2L * step + i).mul(p));
                d = d.add(widened(codes, first + 3L * step + i).mul(p));
            }
            dots[row] = sum(a);
            dots[row + 1] = sum(b);
            dots[row + 2] = sum(c);
            dots[row + 3] = sum(d);
        }
    }

    /**
     * The first of {@code rows} at or after {@code from} whose dot product times scale is above
     * {@code floor}, looking at whole vectors at once; {@code rows} when there is none. A scale of
     * NaN is never above.
     */
    static int firstAbove(float floor, int[] dots, float[] scales, int base, int from, int rows) {
        int lanes = FLOATS.length();
        int row = from;
        for (; row + lanes <= rows; row += lanes) {
            FloatVector dot =
                    (FloatVector)
                            IntVector.fromArray(INTS, dots, row)
                                    .convertShape(VectorOperators.I2F, FLOATS, 0);
            var above =
                    dot.mul(FloatVector.fromArray(FLOATS, scales, base + row))
                            .compare(VectorOperators.GT, floor);
            if (above.anyTrue()) {
                return row + above.firstTrue();
            }
        }
        while (row < rows && !(dots[row] * scales[base + row] > floor)) {
            row++;
        }
        return row;
    }

    private static ShortVector widened(MemorySegment codes, long offset) {
        return (ShortVector)
                ByteVector.fromMemorySegment(BYTES, codes, offset, ORDER)
                        .convertShape(VectorOperators.B2S, SHORTS, 0);
    }

    /** Adds up the lanes as ints: the even ones and the odd ones of each pair. */
    private static int sum(ShortVector lanes) {
        IntVector pairs = lanes.reinterpretAsInts();
        IntVector low = pairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16);
        return low.add(pairs.lanewise(VectorOperators.ASHR, 16)).reduceLanes(VectorOperators.ADD);
    }

    private static float largest(float[] unit) {
        float largest = 0;
        for (float v : unit) {
            largest = Math.max(largest, Math.abs(v));
        }
        return largest;
    }

    /** Length of the longest part of a vector that falls into one lane. */
    private static float longestLane(float[] unit) {
        double longest = 0;
        for (int lane = 0; lane < LANES; lane++) {
            double sum = 0;
            for (int i = lane; i < unit.length; i += LANES) {
                sum += (double) unit[i] * unit[i];
            }
            longest = Math.max(longest, sum);
        }
        return (float) Math.sqrt(longest);
    }
}
