package io.facet.edge.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.vision.image.Image;
import org.junit.jupiter.api.Test;

class PlaneFitTest {
    private final FacePatch patch = new FacePatch();
    private final PlaneFit fit = new PlaneFit();

    private float[] patch(Image image) {
        patch.draw(image, Pictures.FACE.landmarks());
        return patch.grey().clone();
    }

    private float residual(Image first, Image second) {
        fit.reference(patch(first));
        return fit.residual(patch(second));
    }

    @Test
    void theSamePictureLeavesNothing() {
        Image image = Pictures.of(Pictures::face);
        assertThat(residual(image, image)).isLessThan(0.001f);
    }

    @Test
    void aPrintThatIsTurnedLeavesNearlyNothing() {
        Image straight = Pictures.turnedPrint(0);
        for (double turn : new double[] {-1, -0.5, 0.5, 1}) {
            assertThat(residual(straight, Pictures.turnedPrint(turn)))
                    .as("turn " + turn)
                    .isLessThan(FlatCue.FLAT / 2);
        }
    }

    @Test
    void aHeadThatIsTurnedLeavesMore() {
        Image straight = Pictures.turnedHead(0);
        for (double turn : new double[] {-1, 1}) {
            assertThat(residual(straight, Pictures.turnedHead(turn)))
                    .as("turn " + turn)
                    .isGreaterThan(1.5f * FlatCue.FLAT);
        }
    }

    @Test
    void lightAndContrastDoNotCount() {
        Image bright = Pictures.of((x, y) -> 0.6 * Pictures.face(x, y) + 60);
        assertThat(residual(Pictures.of(Pictures::face), bright)).isLessThan(0.03f);
    }

    @Test
    void aPictureWithoutTextureIsBorne() {
        Image blank = Pictures.of((x, y) -> 90);
        assertThat(residual(blank, blank)).isNotNaN();
        assertThat(residual(blank, Pictures.of(Pictures::face))).isNotNaN();
    }
}
