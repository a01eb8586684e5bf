package io.facet.edge.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class MotionFilterTest {
    @Property
    void learnsASteadySpeed(
            @ForAll @DoubleRange(min = -200, max = 200) double speed, @ForAll long seed) {
        Random random = new Random(seed);
        MotionFilter filter = new MotionFilter(0, 2, 150);
        double time = 0;
        for (int i = 0; i < 60; i++) {
            double dt = 0.02 + 0.1 * random.nextDouble();
            time += dt;
            filter.predict(dt, 40);
            filter.correct(speed * time + random.nextGaussian(), 2);
        }
        assertThat(filter.velocity()).isCloseTo(speed, offset(25.0));
        filter.predict(0.2, 40);
        assertThat(filter.position()).isCloseTo(speed * (time + 0.2), offset(8.0));
    }

    @Test
    void doubtGrowsWithTimeAndShrinksWithEveryLook() {
        MotionFilter filter = new MotionFilter(100, 5, 50);
        double before = filter.variance();
        filter.predict(1, 100);
        double unseen = filter.variance();
        filter.correct(110, 5);
        assertThat(unseen).isGreaterThan(before);
        assertThat(filter.variance()).isLessThan(unseen).isLessThanOrEqualTo(25);
    }

    @Test
    void oneStepAndTwoHalvesAgreeOnTheMean() {
        MotionFilter once = new MotionFilter(10, 1, 30);
        MotionFilter twice = new MotionFilter(10, 1, 30);
        once.predict(0.1, 5);
        once.correct(20, 1);
        twice.predict(0.1, 5);
        twice.correct(20, 1);
        once.predict(1, 5);
        twice.predict(0.5, 5);
        twice.predict(0.5, 5);
        assertThat(twice.position()).isCloseTo(once.position(), offset(1e-9));
    }
}
