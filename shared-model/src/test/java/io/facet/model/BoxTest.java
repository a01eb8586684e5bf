package io.facet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class BoxTest {
    @Test
    void overlapIsSharedAreaOverCoveredArea() {
        Box a = new Box(0, 0, 10, 10);
        assertThat(a.iou(a)).isEqualTo(1);
        assertThat(a.iou(new Box(5, 0, 10, 10))).isCloseTo(1 / 3f, within(1e-6f));
        assertThat(a.iou(new Box(10, 0, 10, 10))).isZero();
        assertThat(a.iou(new Box(5, 5, 0, 0))).isZero();
    }

    @Test
    void clippingKeepsThePartInside() {
        assertThat(new Box(-5, -5, 20, 8).clipped(10, 10)).isEqualTo(new Box(0, 0, 10, 3));
        assertThat(new Box(50, 50, 5, 5).clipped(10, 10).area()).isZero();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new Box(Float.NaN, 0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Box(0, 0, -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Box(0, 0, Float.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void overlapIsSymmetricAndWithinBounds(
            @ForAll @FloatRange(min = -100, max = 100) float x,
            @ForAll @FloatRange(min = -100, max = 100) float y,
            @ForAll @FloatRange(min = 0, max = 200) float width,
            @ForAll @FloatRange(min = 0, max = 200) float height) {
        Box a = new Box(x, y, width, height);
        Box b = new Box(0, 0, 50, 50);
        assertThat(a.iou(b)).isBetween(0f, 1f).isCloseTo(b.iou(a), within(1e-5f));
    }
}
