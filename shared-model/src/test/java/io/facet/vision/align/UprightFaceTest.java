package io.facet.vision.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facet.model.Box;
import io.facet.model.Landmarks;
import io.facet.vision.catalog.Crop;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.image.AffineMap;
import io.facet.vision.image.Image;
import io.facet.vision.image.Planes;
import java.nio.FloatBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

final class UprightFaceTest {
    private static final Box BOX = new Box(100, 60, 80, 102);
    private static final int SIDE = 112;

    @Property
    void aGuessLeansAsItIsToldAndStaysOnTheBox(
            @ForAll @DoubleRange(min = -1.2, max = 1.2) double roll) {
        Landmarks guess = UprightFace.guess(BOX, roll);

        assertThat(guess.roll()).isCloseTo(roll, within(0.02));
        assertThat(guess.eyeDistance()).isCloseTo(35.2f, within(0.5f));
        assertThat(guess.points())
                .allSatisfy(p -> assertThat(p.distance(BOX.centre())).isLessThan(BOX.height() / 2));
    }

    @Property
    void theCropOfALeaningFaceShowsItsPointsWhereAnUprightOneHasThem(
            @ForAll @DoubleRange(min = 0.25, max = 1.2) double roll) {
        AffineMap upright = drawn(new DetectedFace(BOX, UprightFace.guess(BOX, 0), 1));
        AffineMap leaning = drawn(new DetectedFace(BOX, UprightFace.guess(BOX, roll), 1));
        Landmarks points = UprightFace.guess(BOX, roll);

        // Where the upright crop shows the left eye, the leaning one does too.
        Landmarks straight = UprightFace.guess(BOX, 0);
        double x = (straight.leftEye().x() - 0.5 - upright.c()) / upright.a();
        double y = (straight.leftEye().y() - 0.5 - upright.f()) / upright.e();
        assertThat(leaning.apply(x, y).distance(points.leftEye())).isLessThan(1.5f);
    }

    @Test
    void aHeadLeansFromTwelveDegreesOn() {
        assertThat(UprightFace.leans(at(Math.toRadians(10)))).isFalse();
        assertThat(UprightFace.leans(at(Math.toRadians(-14)))).isTrue();
    }

    private static DetectedFace at(double roll) {
        return new DetectedFace(BOX, UprightFace.guess(BOX, roll), 1);
    }

    private static AffineMap drawn(DetectedFace face) {
        Planes target =
                new Planes(
                        SIDE,
                        SIDE,
                        true,
                        new float[3],
                        new float[] {1, 1, 1},
                        FloatBuffer.allocate(3 * SIDE * SIDE),
                        0);
        return new FaceCropper(new Crop.LetterboxedBox(0))
                .draw(new Image(320, 240, new byte[3 * 320 * 240]), face, target);
    }
}
