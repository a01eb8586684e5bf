package io.facet.index;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The plain way: every row in float, by SIMD, in one piece of memory. The truth that the indexes'
 * recall is measured against, and the speed they have to beat. Rows are numbered as they come.
 *
 * <p>Not thread-safe while filled; then any number of threads may search.
 */
public final class FloatScan {
    private final int dimension;
    private final MemorySegment rows;
    private int size;

    /** Room for {@code capacity} vectors of {@code dimension} floats, outside the Java heap. */
    public FloatScan(int dimension, int capacity) {
        this.dimension = dimension;
        this.rows = Arena.ofAuto().allocate((long) capacity * dimension * Float.BYTES, 64);
    }

    /** Adds a unit vector as the next row. */
    public void add(float[] unit) {
        MemorySegment.copy(
                unit,
                0,
                rows,
                Floats.LittleEndian.FLOAT,
                (long) size * dimension * Float.BYTES,
                dimension);
        size++;
    }

    /** The cosine of a row to a probe. */
    public float similarity(float[] probe, int row) {
        return Floats.dot(probe, rows, (long) row * dimension * Float.BYTES);
    }

    /** The row with the greatest cosine to the probe; -1 when there is none. */
    public int nearest(float[] probe) {
        int best = -1;
        float most = Float.NEGATIVE_INFINITY;
        for (int row = 0; row < size; row++) {
            float similarity = similarity(probe, row);
            if (similarity > most) {
                most = similarity;
                best = row;
            }
        }
        return best;
    }
}
