package io.facet.index;

import io.facet.index.VectorIndex.Neighbour;
import io.facet.model.Embedding;
import io.facet.model.FaceId;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of rows: codes to scan, floats to re-score, the face of each row. A row without a
 * face is all zeros, so that no removed template stays in memory.
 *
 * <p>Thread-safe by its own lock, held for one pass over the block at most: writers to one block do
 * not hold up searches elsewhere.
 */
final class Block {
    static final int ROWS = 2048;

    private final Int8Codes coder;
    private final int dimension;
    private final MemorySegment codes;
    private final MemorySegment exact;
    private final @Nullable FaceId[] faces = new FaceId[ROWS];
    private final StampedLock lock = new StampedLock();
    private int used;

    Block(Int8Codes coder, int dimension, Arena memory) {
        this.coder = coder;
        this.dimension = dimension;
        this.codes = memory.allocate(ROWS / Int8Codes.GROUP * coder.groupBytes(), 64);
        this.exact = memory.allocate((long) ROWS * dimension * Float.BYTES, 64);
        Int8Codes.clear(codes);
    }

    /** Puts a face into a row, in place of what was there. */
    void set(int row, FaceId face, Embedding embedding) {
        float[] unit = embedding.toArray();
        long stamp = lock.writeLock();
        try {
            coder.encodeRow(unit, codes, row);
            MemorySegment.copy(
                    unit, 0, exact, Floats.LittleEndian.FLOAT, exactOffset(row), dimension);
            faces[row] = face;
            used = Math.max(used, row + 1);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** A copy of the floats of a row. */
    float[] get(int row) {
        float[] unit = new float[dimension];
        long stamp = lock.readLock();
        try {
            MemorySegment.copy(
                    exact, Floats.LittleEndian.FLOAT, exactOffset(row), unit, 0, dimension);
        } finally {
            lock.unlockRead(stamp);
        }
        return unit;
    }

    /** Empties a row. */
    void clear(int row) {
        long stamp = lock.writeLock();
        try {
            faces[row] = null;
            coder.clearRow(codes, row);
            exact.asSlice(exactOffset(row), (long) dimension * Float.BYTES).fill((byte) 0);
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** Offers the rows of this block; row numbers begin at {@code base}. */
    void scan(short[] probe, short[] dots, TopCandidates best, int base) {
        long stamp = lock.readLock();
        try {
            int groups = (used + Int8Codes.GROUP - 1) / Int8Codes.GROUP;
            coder.dots(codes, groups, probe, dots);
            int end = groups * Int8Codes.GROUP;
            int place = Int8Codes.firstAbove(best.floor(), dots, 0, end);
            while (place < end) {
                int row = Int8Codes.rowAt(place);
                if (faces[row] != null) {
                    best.offer(dots[place], base + row);
                }
                place = Int8Codes.firstAbove(best.floor(), dots, place + 1, end);
            }
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** The face of a row with its exact cosine; null when the row is empty by now. */
    @Nullable Neighbour score(int row, float[] probe) {
        long stamp = lock.readLock();
        try {
            FaceId face = faces[row];
            return face == null
                    ? null
                    : new Neighbour(
                            face, Math.clamp(Floats.dot(probe, exact, exactOffset(row)), -1f, 1f));
        } finally {
            lock.unlockRead(stamp);
        }
    }

    private long exactOffset(int row) {
        return (long) row * dimension * Float.BYTES;
    }
}
