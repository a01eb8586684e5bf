package io.facet.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facet.eval.Verification.Accuracy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class VerificationTest {
    @Test
    void tarIsReadAtTheLowestThresholdThatKeepsTheFar() {
        double[] impostors = IntStream.range(0, 1000).mapToDouble(i -> i / 1000.0).toArray();
        Verification v = new Verification(new double[] {0.9975, 0.9985, 0.999, 1.2}, impostors);
        // One of a thousand may pass: the best impostor, 0.999; so the threshold is above 0.998.
        assertThat(v.tarAtFar(0.001)).isEqualTo(0.75);
        assertThat(v.far(v.thresholdAtFar(0.001))).isEqualTo(0.001);
        // Fewer than one of a thousand means none: above 0.999 itself.
        assertThat(v.tarAtFar(0.0009)).isEqualTo(0.25);
        assertThat(v.tarAtFar(1)).isEqualTo(1);
    }

    @Test
    void impostorsOfOneScorePassTogetherOrNotAtAll() {
        Verification v = new Verification(new double[] {0.5, 0.6}, new double[] {0.5, 0.5, 0.1, 0});
        assertThat(v.far(v.thresholdAtFar(0.25))).isZero();
        assertThat(v.tarAtFar(0.25)).isEqualTo(0.5);
        assertThat(v.tarAtFar(0.5)).isEqualTo(1);
    }

    @Test
    void eerOfSeparableScoresIsZeroAndOfEqualOnesAHalf() {
        assertThat(new Verification(new double[] {0.8, 0.9}, new double[] {0.1, 0.2}).eer())
                .isZero();
        double[] same = IntStream.range(0, 100).mapToDouble(i -> i / 100.0).toArray();
        assertThat(new Verification(same.clone(), same.clone()).eer()).isCloseTo(0.5, within(0.01));
    }

    @Test
    void eachSetIsJudgedByTheThresholdOfTheOthers() {
        // The first set alone would take 0.5, the second 0.3; crossed over, each errs once of four.
        List<ScoredPair> first = set(0.6, 0.7, 0.4, 0.2);
        List<ScoredPair> second = set(0.35, 0.7, 0.25, 0.1);
        Accuracy a = Verification.crossValidated(List.of(first, second), 0);
        assertThat(a.accuracy()).isEqualTo(0.75);
        assertThat(a.deviation()).isZero();
        assertThat(a.threshold()).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void singleSetIsJudgedByTheGivenThreshold() {
        Accuracy a = Verification.crossValidated(List.of(set(0.6, 0.7, 0.4, 0.2)), 0.65);
        assertThat(a.accuracy()).isEqualTo(0.75);
        assertThat(a.threshold()).isEqualTo(0.65);
    }

    @Test
    void pairWithoutAFaceIsNeverAccepted() {
        List<ScoredPair> pairs =
                List.of(new ScoredPair(ScoredPair.NO_FACE, true), new ScoredPair(-0.9, false));
        assertThat(new Verification(pairs).tarAtFar(0)).isZero();
        assertThat(new Verification(pairs).tar(-1)).isZero();
    }

    @Property(tries = 200)
    void bestThresholdIsNeverBeatenByAnother(
            @ForAll @IntRange(min = 1, max = 40) int count, @ForAll long seed) {
        Random random = new Random(seed);
        List<ScoredPair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // Coarse scores, so that ties are common.
            pairs.add(new ScoredPair(random.nextInt(12) / 12.0, random.nextBoolean()));
        }
        double best = Verification.accuracy(pairs, Verification.bestThreshold(pairs));
        for (int i = -1; i <= 13; i++) {
            assertThat(Verification.accuracy(pairs, i / 12.0 + 0.01)).isLessThanOrEqualTo(best);
        }
    }

    @Property(tries = 200)
    void rocRisesAndFarIsKept(@ForAll @IntRange(min = 1, max = 60) int count, @ForAll long seed) {
        Random random = new Random(seed);
        double[] genuine = random.doubles(count).map(x -> Math.round(x * 20) / 20.0).toArray();
        double[] impostors = random.doubles(count).map(x -> Math.round(x * 20) / 20.0).toArray();
        Verification v = new Verification(genuine, impostors);
        double last = 0;
        for (Verification.RocPoint point : v.roc()) {
            assertThat(point.tar()).isGreaterThanOrEqualTo(last);
            assertThat(v.far(v.thresholdAtFar(point.far()))).isLessThanOrEqualTo(point.far());
            last = point.tar();
        }
        assertThat(last).isEqualTo(1);
        assertThat(v.eer()).isBetween(0.0, 1.0);
    }

    private static List<ScoredPair> set(double g1, double g2, double i1, double i2) {
        return List.of(
                new ScoredPair(g1, true),
                new ScoredPair(g2, true),
                new ScoredPair(i1, false),
                new ScoredPair(i2, false));
    }
}
