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
        assertThat(coded(row, probe))
                .isCloseTo(Floats.dot(row, probe), within(greatestError(dimension)));
    }

    /**
     * What rounding can cost at most, when every component errs the same way: half a step of the
     * row (1/127) and half a step of the probe (1/213 at 1024 dimensions, less below) along unit
     * vectors, and both errors times each other. An overflow costs far more.
     */
    private static float greatestError(int dimension) {
        return (float) (Math.sqrt(dimension) * (0.5 / 127 + 0.5 / 213) + 0.01);
    }

    private static float coded(float[] row, float[] probe) {
        Int8Codes coder = new Int8Codes(row.length);
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment codes = memory.allocate(2 * coder.groupBytes());
            Int8Codes.clear(codes);
            short[] dots = new short[2 * Int8Codes.GROUP];
            short[] probeCodes = new short[row.length];
            // An even and an odd row; all others are zero.
            coder.encodeRow(row, codes, 4);
            coder.encodeRow(row, codes, Int8Codes.GROUP + 7);
            coder.encodeProbe(probe, probeCodes);
            coder.dots(codes, 2, probeCodes, dots);
            short[] byRow = new short[dots.length];
            for (int place = 0; place < dots.length; place++) {
                byRow[Int8Codes.rowAt(place)] = dots[place];
            }
            assertThat(byRow[4]).isEqualTo(byRow[Int8Codes.GROUP + 7]);
            short dot = byRow[4];
            byRow[4] = 0;
            byRow[Int8Codes.GROUP + 7] = 0;
            assertThat(byRow).containsOnly(0);
            return dot / scale(coder, probe);
        }
    }

    /** What a cosine of 1 is, read off a row and a probe that are one axis. */
    private static float scale(Int8Codes coder, float[] probe) {
        float[] axis = new float[probe.length];
        axis[0] = 1;
        short[] codes = new short[probe.length];
        coder.encodeProbe(axis, codes);
        return 127f * codes[0];
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
