package io.facet.edge.capture;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class FrameThinnerTest {
    @Property
    void neverGivesNoticeablyMoreThanAskedFor(
            @ForAll @DoubleRange(min = 1, max = 60) double asked,
            @ForAll @IntRange(min = 5, max = 120) int camera) {
        double seconds = 20;
        FrameThinner thinner = new FrameThinner(asked);
        int given = 0;
        for (int i = 0; i < seconds * camera; i++) {
            given += thinner.due(i * 1_000_000_000L / camera) ? 1 : 0;
        }
        assertThat(given).isLessThanOrEqualTo((int) (asked * seconds * 1.02) + 2);
        assertThat(given)
                .isGreaterThanOrEqualTo((int) (Math.min(asked, camera) * seconds * 0.65) - 2);
    }

    @Property
    void jitterOfTheCameraCostsNoFrames(@ForAll @IntRange(min = 0, max = 8) int jitterMillis) {
        FrameThinner thinner = new FrameThinner(15);
        int given = 0;
        for (int i = 0; i < 150; i++) {
            long jitter = 1_000_000L * jitterMillis * (i % 2 == 0 ? 1 : -1);
            given += thinner.due(66_666_667L * i + jitter) ? 1 : 0;
        }
        assertThat(given).isGreaterThanOrEqualTo(145);
    }
}
