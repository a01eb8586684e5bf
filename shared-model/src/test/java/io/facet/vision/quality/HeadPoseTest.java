package io.facet.vision.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facet.model.Landmarks;
import io.facet.model.Point;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

final class HeadPoseTest {
    /** A head in millimetres, x right, y down, z towards the camera. */
    private static final double[][] HEAD = {
        {-32, -42.8, -26}, {32, -42.8, -26}, {0, 0, 0}, {-26.5, 31.2, -24}, {26.5, 31.2, -24}
    };

    @Property
    void findsTheAnglesAHeadWasTurnedBy(
            @ForAll @DoubleRange(min = -50, max = 50) double yaw,
            @ForAll @DoubleRange(min = -30, max = 30) double roll,
            @ForAll @DoubleRange(min = 0.2, max = 5) double scale) {
        HeadPose pose = HeadPose.of(turned(yaw, 0, roll, scale));

        assertThat((double) pose.yaw()).isCloseTo(yaw, within(1.0));
        assertThat((double) pose.roll()).isCloseTo(roll, within(1.0));
        assertThat((double) pose.pitch()).isCloseTo(0, within(1.0));
    }

    @Property
    void findsNodding(@ForAll @DoubleRange(min = -40, max = 40) double pitch) {
        assertThat((double) HeadPose.of(turned(0, pitch, 0, 1)).pitch())
                .isCloseTo(pitch, within(1.0));
    }

    @Test
    void deviationIsTheGreatestAngleAndHalfOfARoll() {
        assertThat(new HeadPose(-30, 10, 5).deviation()).isEqualTo(30);
        assertThat(new HeadPose(1, 2, -50).deviation()).isEqualTo(25);
        assertThat(new HeadPose(1, 2, -90).deviation()).isEqualTo(45);
    }

    private static Landmarks turned(double yaw, double pitch, double roll, double scale) {
        double y = Math.toRadians(yaw);
        double p = Math.toRadians(pitch);
        double r = Math.toRadians(roll);
        List<Point> points = new ArrayList<>();
        for (double[] m : HEAD) {
            double u = m[0] * Math.cos(y) + m[2] * Math.sin(y);
            double w = -m[0] * Math.sin(y) + m[2] * Math.cos(y);
            double v = m[1] * Math.cos(p) + w * Math.sin(p);
            points.add(
                    new Point(
                            (float) (scale * (u * Math.cos(r) - v * Math.sin(r)) + 300),
                            (float) (scale * (u * Math.sin(r) + v * Math.cos(r)) + 200)));
        }
        return new Landmarks(
                points.get(0), points.get(1), points.get(2), points.get(3), points.get(4));
    }
}
