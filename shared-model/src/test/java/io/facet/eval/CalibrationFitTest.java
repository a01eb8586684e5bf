package io.facet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.facet.index.Vectors;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.vision.embed.Calibration;
import io.facet.vision.embed.Calibration.Knot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CalibrationFitTest {
    @Test
    void sixTenthsLieAtOneFalseAcceptInAThousand() {
        EmbeddingSpace space = Vectors.space(64);
        Random random = new Random(3);
        List<List<Embedding>> people = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Embedding face = Vectors.random(space, random);
            people.add(List.of(face, Vectors.near(face, 0.6f, random)));
        }
        CalibrationFit.Fit fit = CalibrationFit.of(people);
        assertThat(fit.genuinePairs()).isEqualTo(300);
        assertThat(fit.impostorPairs()).isEqualTo(4 * 300 * 299 / 2);
        assertThat(share(people, fit.calibration(), 0.6f)).isCloseTo(0.001, within(2e-5));
        assertThat(share(people, fit.calibration(), 0.5f)).isCloseTo(0.01, within(2e-4));
    }

    @Test
    void tooFewPeopleAreRefused() {
        Embedding one = Vectors.random(Vectors.space(8), new Random(1));
        assertThatThrownBy(() -> CalibrationFit.of(List.of(List.of(one), List.of(one))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10000");
    }

    /** Also where matched pairs hardly differ from impostors, or where all lie close to 1. */
    @Property(tries = 100)
    void knotsAlwaysMakeACalibration(
            @ForAll @DoubleRange(min = -0.5, max = 0.95) double impostorMean,
            @ForAll @IntRange(min = 1, max = 200) int thousandths,
            @ForAll @DoubleRange(min = 0, max = 0.6) double lead,
            @ForAll long seed) {
        Random random = new Random(seed);
        double spread = thousandths / 1000.0;
        double[] impostors = draw(random, 20_000, impostorMean, spread);
        double[] genuine = draw(random, 500, impostorMean + lead, spread);
        Verification pairs = new Verification(genuine, impostors);
        List<Knot> knots = CalibrationFit.knots(pairs);
        Calibration calibration = new Calibration(knots);
        if (pairs.thresholdAtFar(0.001) < 0.999) {
            assertThat(pairs.far(calibration.cosine(0.6f))).isLessThanOrEqualTo(0.001);
        }
    }

    private static double[] draw(Random random, int count, double mean, double spread) {
        return random.doubles(count)
                .map(x -> Math.clamp(mean + spread * random.nextGaussian(), -1, 0.9999))
                .toArray();
    }

    private static double share(
            List<List<Embedding>> people, Calibration calibration, float confidence) {
        float threshold = calibration.cosine(confidence);
        int above = 0;
        int all = 0;
        for (int a = 0; a < people.size(); a++) {
            for (int b = a + 1; b < people.size(); b++) {
                for (Embedding x : people.get(a)) {
                    for (Embedding y : people.get(b)) {
                        above += x.similarity(y) >= threshold ? 1 : 0;
                        all++;
                    }
                }
            }
        }
        return (double) above / all;
    }
}
