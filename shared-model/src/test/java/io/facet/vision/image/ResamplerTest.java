package io.facet.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ResamplerTest {
    private static final int SIDE = 64;

    private final FloatBuffer out = FloatBuffer.allocate(3 * SIDE * SIDE);
    private final Planes planes =
            new Planes(SIDE, SIDE, false, new float[3], new float[] {1, 1, 1}, out, 0);

    @Property(tries = 200)
    void aPlainPictureStaysPlainAtAnyScale(
            @ForAll @IntRange(min = 1, max = 300) int width,
            @ForAll @IntRange(min = 1, max = 300) int height,
            @ForAll @DoubleRange(min = 0.05, max = 3) double scale,
            @ForAll byte value) {
        byte[] bgr = new byte[3 * width * height];
        Arrays.fill(bgr, value);

        new Resampler().letterbox(new Image(width, height, bgr), scale, planes);

        int drawnWidth = Math.clamp(Math.round(width * scale), 1, SIDE);
        int drawnHeight = Math.clamp(Math.round(height * scale), 1, SIDE);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                float expected = x < drawnWidth && y < drawnHeight ? value & 0xFF : 0;
                assertThat(at(0, x, y)).isCloseTo(expected, within(0.01f));
            }
        }
    }

    @Property(tries = 200)
    void weightsOfAnAxisSumToOneAndStayInside(
            @ForAll @IntRange(min = 1, max = 5000) int sources,
            @ForAll @DoubleRange(min = 0.02, max = 4) double scale) {
        int targets = (int) Math.max(1, Math.round(sources * scale));
        Axis axis = Axis.of(sources, targets, scale);
        for (int t = 0; t < targets; t++) {
            float sum = 0;
            int whole = 0;
            for (int k = 0; k < axis.taps; k++) {
                sum += axis.weights[t * axis.taps + k];
                whole += axis.weights256[t * axis.taps + k];
            }
            assertThat(sum).isCloseTo(1, within(1e-3f));
            assertThat(whole).isEqualTo(256);
            assertThat(axis.first[t]).isBetween(0, sources - axis.taps);
        }
    }

    @Test
    void halvingAveragesTwoByTwo() {
        Image image = noise(SIDE + 6, SIDE - 2);

        new Resampler().letterbox(image, 0.5, planes);

        for (int y = 0; y < SIDE / 2 - 1; y++) {
            for (int x = 0; x < SIDE / 2 + 3; x++) {
                for (int plane = 0; plane < 3; plane++) {
                    int left = rowMean(image, 2 * x, 2 * y, plane);
                    int right = rowMean(image, 2 * x + 1, 2 * y, plane);
                    assertThat(at(plane, x, y)).isEqualTo((left + right) / 2f);
                }
            }
        }
    }

    /** Rows are blended into bytes first, rounded up. */
    private static int rowMean(Image image, int x, int y, int plane) {
        int above = image.bgr()[3 * (y * image.width() + x) + plane] & 0xFF;
        int below = image.bgr()[3 * ((y + 1) * image.width() + x) + plane] & 0xFF;
        return (above + below + 1) / 2;
    }

    @Test
    void aPictureAtItsOwnSizeIsUnchanged() {
        Image image = noise(40, 30);

        new Resampler().letterbox(image, 1, planes);

        assertThat(at(2, 17, 23)).isEqualTo(image.bgr()[3 * (23 * 40 + 17) + 2] & 0xFF);
        assertThat(at(2, 40, 0)).isZero();
    }

    @Test
    void aSmallerPictureAfterALargerOneLeavesNothingBehind() {
        Resampler resampler = new Resampler();
        resampler.letterbox(noise(SIDE, SIDE), 1, planes);
        resampler.letterbox(noise(10, 10), 1, planes);

        assertThat(at(0, 10, 0)).isZero();
        assertThat(at(2, 0, 10)).isZero();
    }

    @Test
    void redComesFirstWhereTheNetworkWantsItAndMeansAreSubtracted() {
        Image image = new Image(1, 1, new byte[] {10, 20, 30});
        FloatBuffer rgb = FloatBuffer.allocate(3);
        Planes target =
                new Planes(1, 1, true, new float[] {1, 2, 3}, new float[] {2, 2, 2}, rgb, 0);

        new Resampler().letterbox(image, 1, target);

        assertThat(rgb.array()).containsExactly(58, 36, 14);
    }

    private float at(int plane, int x, int y) {
        return out.get((plane * SIDE + y) * SIDE + x);
    }

    private static Image noise(int width, int height) {
        byte[] bgr = new byte[3 * width * height];
        new Random(7).nextBytes(bgr);
        return new Image(width, height, bgr);
    }
}
