package io.facet.edge.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.vision.image.Image;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScreenSignsTest {
    private final ScreenSigns signs = new ScreenSigns();
    private final Random random = new Random(3);

    private double noisy(double x, double y) {
        return Pictures.face(x, y) + 3 * random.nextGaussian();
    }

    private float pattern(Image image) {
        return signs.pattern(image, Pictures.FACE.box());
    }

    private float frame(Image image) {
        return signs.frame(image, Pictures.FACE.box());
    }

    @Test
    void theWeaveOfAScreenStandsOut() {
        Image screen =
                Pictures.of((x, y) -> noisy(x, y) * (1 + 0.12 * Math.sin(1.63 * x + 0.31 * y)));
        assertThat(pattern(screen)).isGreaterThan(ScreenSigns.PATTERN);
        assertThat(pattern(Pictures.of(this::noisy))).isLessThan(ScreenSigns.PATTERN / 2);
    }

    @Test
    void theBlocksOfACodecDoNot() {
        Image blocks =
                Pictures.of((x, y) -> noisy(x, y) + ((int) x % 8 == 0 || (int) y % 8 == 0 ? 8 : 0));
        assertThat(pattern(blocks)).isLessThan(ScreenSigns.PATTERN);
    }

    @Test
    void aBorderAroundTheFaceIsSeen() {
        Image held =
                Pictures.of((x, y) -> x > 45 && x < 200 && y > 35 && y < 215 ? noisy(x, y) : 30);
        assertThat(frame(held)).isGreaterThan(ScreenSigns.FRAMED);
        assertThat(frame(Pictures.of(this::noisy))).isLessThan(ScreenSigns.FRAMED);
    }

    /** As a door post and a shelf are. */
    @Test
    void twoEdgesAreNoBorder() {
        Image door = Pictures.of((x, y) -> x > 45 && y > 35 ? noisy(x, y) : 30);
        assertThat(frame(door)).isLessThan(ScreenSigns.FRAMED);
    }

    @Test
    void aFaceAtThePicturesEdgeIsBorne() {
        Image image = Pictures.of(this::noisy);
        io.facet.model.Box corner = new io.facet.model.Box(-30, -20, 60, 60);
        assertThat(signs.pattern(image, corner)).isNotNaN();
        assertThat(signs.frame(image, corner)).isBetween(0f, 1f);
    }
}
