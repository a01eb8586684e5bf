package io.facet.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class Int8CodesTest {
    /** The sums of the lanes never overflow, whatever the shape of the vectors. */
    @Property(tries = 200)
    void dotOfCodesIsTheCosine(
            @ForAll @IntRange(min = 2, max = 1024) int dimension,
            @ForAll @IntRange(min = 1, max = 64) int period,
            @ForAll @IntRange(min = 0, max = 2) int relation,
            @ForAll long seed) {
        Random random = new Random(seed);
        float[] row = vector(dimension, period, random);
        float[] probe = row.clone();
        for (int i = 0; i < dimension; i++) {
            probe[i] = relation == 0 ? row[i] : relation == 1 ? -row[i] : probe[i];
        }
        if (relation == 2) {
            probe = vector(dimension, 1 + random.nextInt(64), random);
        }
        assertThat(coded(row, probe)).isCloseTo(Floats.dot(row, probe), within(0.03f));
    }

    private static float coded(float[] row, float[] probe) {
        Int8Codes coder = new Int8Codes(row.length);
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment codes = memory.allocate((long) Int8Codes.ROWS_AT_ONCE * coder.stride());
            int[] dots = new int[Int8Codes.ROWS_AT_ONCE];
            short[] probeCodes = new short[coder.stride()];
            float scale = 0;
            for (int i = 0; i < dots.length; i++) {
                scale = coder.encodeRow(row, codes, (long) i * coder.stride());
            }
            float probeScale = coder.encodeProbe(probe, probeCodes);
            coder.dots(codes, 0, dots.length, probeCodes, dots);
            assertThat(dots).containsOnly(dots[0]);
            return dots[0] * scale * probeScale;
        }
    }

    /** A unit vector with weight on every period-th component only. */
    private static float[] vector(int dimension, int period, Random random) {
        float[] v = new float[dimension];
        double sum = 0;
        for (int i = 0; i < dimension; i += period) {
            v[i] = random.nextBoolean() ? 1 : (float) random.nextGaussian();
            sum += v[i] * v[i];
        }
        for (int i = 0; i < dimension; i++) {
            v[i] = (float) (v[i] / Math.sqrt(Math.max(sum, 1e-12)));
        }
        return v;
    }
}
