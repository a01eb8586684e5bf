package io.facet.index;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reads memory from end to end as fast as one thread can: the bound on every scan. Four
 * accumulators, so that no addition waits for the one before.
 */
public final class SequentialRead {
    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    private static final int STEP = 4 * SPECIES.vectorByteSize();

    private final MemorySegment memory;

    /**
     * Memory to read, touched once so that every page is real.
     *
     * @param bytes a multiple of 256; far more than the caches hold
     */
    public SequentialRead(long bytes) {
        if (bytes < 256 || bytes % 256 != 0) {
            throw new IllegalArgumentException("a multiple of 256 bytes, not " + bytes);
        }
        memory = Arena.ofAuto().allocate(bytes, 64);
        memory.fill((byte) 0x5a);
    }

    /** Bytes of one pass. */
    public long bytes() {
        return memory.byteSize();
    }

    /** One pass; the result only keeps the reads from being left out. */
    public long pass() {
        LongVector a = LongVector.zero(SPECIES);
        LongVector b = a;
        LongVector c = a;
        LongVector d = a;
        int width = SPECIES.vectorByteSize();
        for (long at = 0; at < memory.byteSize(); at += STEP) {
            a = a.add(read(at));
            b = b.add(read(at + width));
            c = c.add(read(at + 2L * width));
            d = d.add(read(at + 3L * width));
        }
        return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
    }

    private LongVector read(long at) {
        return LongVector.fromMemorySegment(SPECIES, memory, at, ByteOrder.LITTLE_ENDIAN);
    }
}
