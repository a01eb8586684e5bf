package io.facet.vision.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.facet.model.Box;
import io.facet.model.Point;
import io.facet.vision.image.Window;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

final class Similarity2dTest {
    private static final List<Point> TEMPLATE =
            List.of(
                    new Point(38.3f, 51.7f),
                    new Point(73.5f, 51.5f),
                    new Point(56, 71.7f),
                    new Point(41.5f, 92.4f),
                    new Point(70.7f, 92.2f));

    @Property
    void findsTheTransformThatMovedThePoints(
            @ForAll @DoubleRange(min = -3.1, max = 3.1) double angle,
            @ForAll @DoubleRange(min = 0.05, max = 20) double scale,
            @ForAll @DoubleRange(min = -2000, max = 2000) double tx,
            @ForAll @DoubleRange(min = -2000, max = 2000) double ty) {
        Similarity2d moved =
                new Similarity2d(scale * Math.cos(angle), scale * Math.sin(angle), tx, ty);

        Similarity2d found =
                Similarity2d.fit(TEMPLATE, TEMPLATE.stream().map(moved::apply).toList());

        assertThat(found.a()).isCloseTo(moved.a(), within(1e-3));
        assertThat(found.b()).isCloseTo(moved.b(), within(1e-3));
        assertThat(found.scale()).isCloseTo(scale, within(1e-3));
    }

    @Property
    void theInverseTakesEveryPointBack(
            @ForAll @DoubleRange(min = 0.1, max = 5) double a,
            @ForAll @DoubleRange(min = -5, max = 5) double b,
            @ForAll @FloatRange(min = -1000, max = 1000) float x,
            @ForAll @FloatRange(min = -1000, max = 1000) float y) {
        Similarity2d t = new Similarity2d(a, b, 12, -7);

        Point back = t.inverse().apply(t.apply(new Point(x, y)));

        assertThat(back.distance(new Point(x, y))).isLessThan(0.05f);
    }

    @Test
    void neverMirrors() {
        List<Point> mirrored = TEMPLATE.stream().map(p -> new Point(112 - p.x(), p.y())).toList();

        Similarity2d fit = Similarity2d.fit(TEMPLATE, mirrored);

        assertThat(fit.apply(TEMPLATE.getFirst()).distance(mirrored.getFirst())).isGreaterThan(5);
    }

    @Test
    void refusesPointsInOnePlace() {
        List<Point> one = Collections.nCopies(5, new Point(3, 4));

        assertThatThrownBy(() -> Similarity2d.fit(TEMPLATE, one))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Similarity2d.fit(one, TEMPLATE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void aScaledBoxAlwaysLiesInsideThePicture(
            @ForAll @FloatRange(min = -100, max = 700) float x,
            @ForAll @FloatRange(min = -100, max = 500) float y,
            @ForAll @FloatRange(min = 1, max = 900) float width,
            @ForAll @FloatRange(min = 1, max = 900) float height,
            @ForAll @FloatRange(min = 1, max = 5) float scale) {
        Window seen = ScaledBoxes.window(new Box(x, y, width, height), scale, 640, 480);

        assertThat(seen.x()).isBetween(0, 639);
        assertThat(seen.y()).isBetween(0, 479);
        assertThat(seen.x() + seen.width()).isLessThanOrEqualTo(640);
        assertThat(seen.y() + seen.height()).isLessThanOrEqualTo(480);
    }
}
