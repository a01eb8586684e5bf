package io.facet.index;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Dot products in float, by vectors. Stateless. */
final class Floats {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private Floats() {}

    /** Dot product of two arrays of one length. */
    static float dot(float[] a, float[] b) {
        int whole = SPECIES.loopBound(a.length);
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < whole; i += SPECIES.length()) {
            sum =
                    FloatVector.fromArray(SPECIES, a, i)
                            .fma(FloatVector.fromArray(SPECIES, b, i), sum);
        }
        float rest = 0;
        for (int i = whole; i < a.length; i++) {
            rest += a[i] * b[i];
        }
        return sum.reduceLanes(VectorOperators.ADD) + rest;
    }

    /** Dot product of an array with as many little-endian floats from byte {@code offset} on. */
    static float dot(float[] a, MemorySegment b, long offset) {
        int whole = SPECIES.loopBound(a.length);
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < whole; i += SPECIES.length()) {
            FloatVector stored =
                    FloatVector.fromMemorySegment(
                            SPECIES, b, offset + 4L * i, ByteOrder.LITTLE_ENDIAN);
            sum = FloatVector.fromArray(SPECIES, a, i).fma(stored, sum);
        }
        float rest = 0;
        for (int i = whole; i < a.length; i++) {
            rest += a[i] * b.get(LittleEndian.FLOAT, offset + 4L * i);
        }
        return sum.reduceLanes(VectorOperators.ADD) + rest;
    }

    /** Layouts of numbers in memory. */
    static final class LittleEndian {
        static final java.lang.foreign.ValueLayout.OfFloat FLOAT =
                java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(
                        ByteOrder.LITTLE_ENDIAN);

        private LittleEndian() {}
    }
}
