package io.facet.index;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Unit vectors as signed bytes, and their dot products by 16-bit arithmetic, one row a lane.
 *
 * <p>Layout: rows lie in groups of {@link #GROUP}, two to a 16-bit lane, component after component:
 * first the bytes of all rows of the group for component 0, then for component 1, and so on. A
 * search reads a group from end to end, multiplies each component by that of the probe, and has
 * every row's sum in a lane of its own: nothing is ever added across lanes.
 *
 * <p>Two rows a lane: a lane holds 256 * odd + even, where the even row's byte is stored with 128
 * added. Its product with the probe, summed up, is 256 * (odd's dot product) + (even's) + 128 *
 * (sum of the probe); the odd row's dot product alone comes from the lane shifted right by 8. So
 * the even one follows by subtraction at the very end, and taking the rows apart costs one shift.
 *
 * <p>16 bits: two's complement addition wraps, so only the final sums have to fit. By Cauchy and
 * Schwarz a dot product is at most the product of the lengths. Rows are scaled to length 127, so
 * that every component fits a byte, and probes so that the product stays below 2^15 with rounding
 * included: to 234 at dimension 256. A cosine is then off by 0.003 (standard deviation), which
 * re-scoring a few candidates in float makes good.
 *
 * <p>Immutable, thread-safe.
 */
final class Int8Codes {
    static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final int LANES = SHORTS.length();

    /** Rows of a group. */
    static final int GROUP = 2 * LANES;

    private static final int ROW_LENGTH = 127;
    private static final ValueLayout.OfShort PAIR =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final short EMPTY_PAIR = 0x0080;

    private final int dimension;
    private final float probeLength;

    Int8Codes(int dimension) {
        this.dimension = dimension;
        double rounding = 0.5 * Math.sqrt(dimension);
        // Embeddings are of unit length within a thousandth.
        double longestRow = ROW_LENGTH * 1.001 + rounding;
        this.probeLength = (float) ((Short.MAX_VALUE / longestRow - rounding) / 1.001);
    }

    /** Bytes of a group. */
    long groupBytes() {
        return (long) GROUP * dimension;
    }

    /** Makes every row of a segment of whole groups the zero vector. */
    static void clear(MemorySegment codes) {
        for (long at = 0; at < codes.byteSize(); at += Short.BYTES) {
            codes.set(PAIR, at, EMPTY_PAIR);
        }
    }

    /** Writes a unit vector as row {@code row}. */
    void encodeRow(float[] unit, MemorySegment codes, int row) {
        for (int i = 0; i < dimension; i++) {
            int code = Math.clamp(Math.round(unit[i] * ROW_LENGTH), -ROW_LENGTH, ROW_LENGTH);
            codes.set(ValueLayout.JAVA_BYTE, place(row, i), stored(code, row));
        }
    }

    /** Makes row {@code row} the zero vector. */
    void clearRow(MemorySegment codes, int row) {
        for (int i = 0; i < dimension; i++) {
            codes.set(ValueLayout.JAVA_BYTE, place(row, i), stored(0, row));
        }
    }

    private long place(int row, int component) {
        return row / GROUP * groupBytes() + (long) component * GROUP + row % GROUP;
    }

    private static byte stored(int code, int row) {
        return (byte) (row % 2 == 0 ? code + 128 : code);
    }

    /** Writes the codes of a probe. */
    void encodeProbe(float[] unit, short[] codes) {
        for (int i = 0; i < dimension; i++) {
            codes[i] = (short) Math.round(unit[i] * probeLength);
        }
    }

    /**
     * Dot products of a probe with the rows of the first {@code groups} groups. Of each group the
     * even rows come first, then the odd ones: see {@link #rowAt}.
     */
    void dots(MemorySegment codes, int groups, short[] probe, short[] dots) {
        short offset = (short) -(128 * sum(probe));
        for (int group = 0; group < groups; group++) {
            long at = group * groupBytes();
            ShortVector both = ShortVector.broadcast(SHORTS, offset);
            ShortVector odd = ShortVector.zero(SHORTS);
            for (int i = 0; i < dimension; i++) {
                ShortVector p = ShortVector.broadcast(SHORTS, probe[i]);
                ShortVector pair =
                        ShortVector.fromMemorySegment(
                                SHORTS, codes, at + (long) i * GROUP, ByteOrder.LITTLE_ENDIAN);
                both = both.add(pair.mul(p));
                odd = odd.add(pair.lanewise(VectorOperators.ASHR, 8).mul(p));
            }
            both.sub(odd.lanewise(VectorOperators.LSHL, 8)).intoArray(dots, group * GROUP);
            odd.intoArray(dots, group * GROUP + LANES);
        }
    }

    /** Which row a dot product is of. */
    static int rowAt(int place) {
        int inGroup = place % GROUP;
        int row = inGroup < LANES ? 2 * inGroup : 2 * (inGroup - LANES) + 1;
        return place - inGroup + row;
    }

    /** The first place from {@code from} on with more than {@code floor}; {@code end} if none. */
    static int firstAbove(int floor, short[] dots, int from, int end) {
        short least = (short) Math.max(floor, Short.MIN_VALUE);
        int place = from;
        for (; place + LANES <= end; place += LANES) {
            var above =
                    ShortVector.fromArray(SHORTS, dots, place).compare(VectorOperators.GT, least);
            if (above.anyTrue()) {
                return place + above.firstTrue();
            }
        }
        while (place < end && dots[place] <= least) {
            place++;
        }
        return place;
    }

    private static int sum(short[] probe) {
        int sum = 0;
        for (short p : probe) {
            sum += p;
        }
        return sum;
    }
}
