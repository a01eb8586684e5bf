package io.facet.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long PERIOD = 66_666_667;
    private static final double NO_LIMIT = Double.POSITIVE_INFINITY;

    private final Pace pace = new Pace();
    private long now;

    /** Offers so many frames of this cost; how many were looked at. */
    private int offer(int frames, long cost, double level, double budget, boolean urgent) {
        int looked = 0;
        for (int i = 0; i < frames; i++) {
            now += PERIOD;
            pace.offered(now, 0);
            if (pace.isDue(now, level, budget, urgent)) {
                pace.spent(cost);
                looked++;
            }
        }
        return looked;
    }

    @Test
    void everyFrameIsLookedAtWhileTheBoxKeepsUp() {
        assertThat(offer(300, 20_000_000, NO_LIMIT, NO_LIMIT, false)).isEqualTo(300);
        assertThat(pace.demand(now)).isCloseTo(0.3, within(0.01));
    }

    @Test
    void aCameraThatWantsTwiceItsShareGetsEverySecondFrame() {
        offer(100, 40_000_000, NO_LIMIT, NO_LIMIT, false);
        assertThat(offer(300, 40_000_000, 0.3, NO_LIMIT, false)).isBetween(149, 151);
    }

    @Test
    void anUrgentFrameIsLookedAtMoreOften() {
        offer(100, 60_000_000, NO_LIMIT, NO_LIMIT, false);
        assertThat(offer(300, 60_000_000, 0.225, NO_LIMIT, false)).isBetween(74, 76);
        assertThat(offer(300, 60_000_000, 0.225, NO_LIMIT, true)).isBetween(149, 151);
    }

    @Test
    void aBudgetHoldsHoweverIdleTheOthersAreAndHoweverUrgentItIs() {
        offer(100, 40_000_000, NO_LIMIT, NO_LIMIT, false);
        assertThat(offer(300, 40_000_000, NO_LIMIT, 0.2, true)).isBetween(99, 101);
    }

    @Test
    void noCameraFallsBelowTheLeastRate() {
        offer(100, 60_000_000, NO_LIMIT, NO_LIMIT, false);
        int looked = offer(300, 60_000_000, 0.001, 0.001, false);
        assertThat(looked / (300 * PERIOD / 1e9)).isCloseTo(Pace.LEAST_RATE, within(0.2));
    }

    /** As when it waits for its turn while its frames go by. */
    @Test
    void framesThatWentByCountAsPassedOver() {
        offer(100, 40_000_000, NO_LIMIT, NO_LIMIT, false);
        int looked = 0;
        for (int i = 0; i < 100; i++) {
            now += 3 * PERIOD;
            pace.offered(now, 2);
            looked += pace.isDue(now, 0.2, NO_LIMIT, false) ? 1 : 0;
        }
        assertThat(looked).isBetween(98, 100);
        assertThat(pace.demand(now)).isCloseTo(0.6, within(0.02));
    }

    @Test
    void aSilentCameraDemandsNothing() {
        offer(100, 40_000_000, NO_LIMIT, NO_LIMIT, false);
        assertThat(pace.demand(now + 2_000_000_000L)).isZero();
    }

    @Test
    void smallDemandsAreMetAndTheRestIsDivided() {
        assertThat(Pace.level(new double[] {0.1, 1.2, 0.2, 0.9}, 1.7)).isCloseTo(0.7, within(1e-9));
        assertThat(Pace.level(new double[] {0.1, 0.2}, 1)).isInfinite();
        assertThat(Pace.level(new double[] {3, 3}, 1)).isCloseTo(0.5, within(1e-9));
        assertThat(Pace.level(new double[] {}, 1)).isInfinite();
    }
}
