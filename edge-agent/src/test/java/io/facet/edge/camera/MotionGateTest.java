package io.facet.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.vision.image.Image;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MotionGateTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final long FRAME = 66_666_667;

    private final Random random = new Random(5);
    private final byte[] bgr = new byte[3 * WIDTH * HEIGHT];
    private final Image image = new Image(WIDTH, HEIGHT, bgr);

    private int opened(MotionGate gate, int frames, Runnable paint) {
        int count = 0;
        for (int i = 0; i < frames; i++) {
            paint.run();
            count += gate.opens(image, 1_000_000_000L + i * FRAME) ? 1 : 0;
        }
        return count;
    }

    private void noise(double sd) {
        for (int i = 0; i < bgr.length; i++) {
            bgr[i] = (byte) Math.clamp(Math.round(120 + sd * random.nextGaussian()), 0, 255);
        }
    }

    private void square(int x, int size) {
        for (int y = 100; y < 100 + size; y++) {
            Arrays.fill(bgr, 3 * (y * WIDTH + x), 3 * (y * WIDTH + x + size), (byte) 220);
        }
    }

    @Test
    void theNoiseOfACameraIsNoMotion() {
        // The first frame, and one look a second.
        assertThat(opened(new MotionGate(0.002), 45, () -> noise(4))).isLessThanOrEqualTo(4);
    }

    @Test
    void aSmallThingThatMovesOpensTheGate() {
        int[] x = {0};
        int count =
                opened(
                        new MotionGate(0.002),
                        45,
                        () -> {
                            noise(2);
                            square(x[0] += 6, 40);
                        });
        assertThat(count).isGreaterThan(40);
    }

    @Test
    void withoutAThresholdTheGateIsOpen() {
        assertThat(opened(new MotionGate(0), 30, () -> {})).isEqualTo(30);
    }
}
