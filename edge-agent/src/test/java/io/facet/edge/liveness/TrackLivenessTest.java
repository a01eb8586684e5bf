package io.facet.edge.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.model.Liveness;
import io.facet.model.Liveness.NotPerformed;
import io.facet.model.Liveness.Performed;
import io.facet.model.Liveness.Verdict;
import io.facet.vision.image.Image;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class TrackLivenessTest {
    private static final long HALF_A_SECOND = 500_000_000L;

    private final LivenessTools tools = new LivenessTools();
    private final TrackLiveness liveness = new TrackLiveness(0.5f);
    private final Random random = new Random(4);

    private Performed see(int looks, float score, IntFunction<Image> film) {
        for (int i = 0; i < looks; i++) {
            Image image = film.apply(i);
            liveness.look(tools, image, Pictures.FACE, new Performed(score >= 0.5f, score));
            liveness.glance(tools, image, Pictures.FACE, i * HALF_A_SECOND);
        }
        return (Performed) liveness.verdict();
    }

    private Image living(int i) {
        return Pictures.turnedHead(Math.sin(i));
    }

    private Image print(int i) {
        return Pictures.turnedPrint(Math.sin(i));
    }

    @Test
    void nothingIsSaidWithoutTheNetworks() {
        assertThat(liveness.verdict()).isEqualTo(new NotPerformed(List.of("no_look_yet")));
        Liveness missing = new NotPerformed(List.of("model_missing"));
        for (int i = 0; i < 20; i++) {
            liveness.look(tools, print(i), Pictures.FACE, missing);
            liveness.glance(tools, print(i), Pictures.FACE, i * HALF_A_SECOND);
        }
        assertThat(liveness.verdict()).isEqualTo(missing);
        assertThat(liveness.failed()).isFalse();
    }

    @Test
    void somebodyWhoMovesIsLive() {
        assertThat(see(20, 0.9f, this::living))
                .isEqualTo(new Performed(Verdict.LIVE, 0.9f, List.of()));
    }

    @Test
    void aPrintThatTheNetworksLikeStaysADoubt() {
        Performed verdict = see(20, 0.9f, this::print);
        assertThat(verdict.verdict()).isEqualTo(Verdict.AMBIGUOUS);
        assertThat(verdict.reasons()).containsExactly("flat_picture");
        assertThat(verdict.passed()).isFalse();
        assertThat(liveness.failed()).isFalse();
    }

    @Test
    void aPrintWithABorderIsAnAttack() {
        Performed verdict =
                see(
                        20,
                        0.9f,
                        i -> {
                            Image print = print(i);
                            return Pictures.of((x, y) ->
                                    x > 45 && x < 200 && y > 35 && y < 215
                                            ? grey(print, (int) x, (int) y)
                                            : 20);
                        });
        assertThat(verdict.verdict()).isEqualTo(Verdict.SPOOF);
        assertThat(verdict.reasons()).containsExactly("flat_picture", "framed");
        assertThat(liveness.failed()).isTrue();
    }

    @Test
    void aLowScoreIsAnAttackWhateverElse() {
        assertThat(see(20, 0.4f, this::living).verdict()).isEqualTo(Verdict.SPOOF);
        assertThat(liveness.failed()).isTrue();
    }

    @Test
    void aScoreJustAboveTheThresholdIsADoubt() {
        Performed verdict = see(3, 0.55f, this::living);
        assertThat(verdict.verdict()).isEqualTo(Verdict.AMBIGUOUS);
        assertThat(verdict.reasons()).containsExactly("network_score");
    }

    @Test
    void aFewLooksAreTooFewToCallAFaceFlat() {
        assertThat(see(5, 0.9f, this::print).verdict()).isEqualTo(Verdict.LIVE);
    }

    @Test
    void whatIsSeenOftenIsOnceCounted() {
        IntFunction<Image> screen =
                i ->
                        Pictures.of((x, y) ->
                                (Pictures.face(x + 9 * Math.sin(i) * y / 240, y)
                                                + 3 * random.nextGaussian())
                                        * (1 + 0.12 * Math.sin(1.63 * x + 0.31 * y)));
        assertThat(see(6, 0.9f, screen).reasons()).contains("screen_pattern");
    }

    private static double grey(Image image, int x, int y) {
        return image.bgr()[3 * (y * image.width() + x)] & 0xff;
    }
}
