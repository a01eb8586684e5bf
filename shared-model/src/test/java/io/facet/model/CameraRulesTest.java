package io.facet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.model.CameraRules.Ignored;
import io.facet.model.Region.Corner;
import io.facet.model.Schedule.Hours;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CameraRulesTest {
    private static final Region LEFT_HALF = region(0, 0, 0.5, 0, 0.5, 1, 0, 1);

    private static Region region(double... xy) {
        Corner[] corners = new Corner[xy.length / 2];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = new Corner((float) xy[2 * i], (float) xy[2 * i + 1]);
        }
        return new Region(Arrays.asList(corners));
    }

    /** A face of 40 pixels around a place of a picture of 1000 by 500. */
    private static Optional<Ignored> face(CameraRules rules, float x, float y) {
        return rules.ignores(new Box(x - 20, y - 20, 40, 40), 1000, 500);
    }

    @Test
    void withoutRulesEveryFaceCounts() {
        assertThat(face(CameraRules.NONE, 30, 30)).isEmpty();
    }

    @Test
    void facesOutsideEveryZoneAreIgnored() {
        CameraRules rules = CameraRules.NONE.withZones(List.of(LEFT_HALF));
        assertThat(face(rules, 490, 250)).isEmpty();
        assertThat(face(rules, 510, 250)).contains(Ignored.OUTSIDE_ZONES);
        CameraRules both =
                rules.withZones(List.of(LEFT_HALF, region(0.6, 0, 1, 0, 1, 0.4, 0.6, 0.4)));
        assertThat(face(both, 700, 100)).isEmpty();
        assertThat(face(both, 700, 300)).contains(Ignored.OUTSIDE_ZONES);
    }

    @Test
    void maskedFacesAreIgnoredAlsoInsideAZone() {
        CameraRules rules =
                CameraRules.NONE
                        .withZones(List.of(LEFT_HALF))
                        .withMasks(List.of(region(0.1, 0.1, 0.3, 0.1, 0.2, 0.9)));
        assertThat(face(rules, 200, 200)).contains(Ignored.MASKED);
        assertThat(face(rules, 400, 200)).isEmpty();
    }

    @Test
    void aPolygonMayBeHollow() {
        Region horseshoe = region(0, 0, 1, 0, 1, 1, 0.7, 1, 0.7, 0.3, 0.3, 0.3, 0.3, 1, 0, 1);
        assertThat(horseshoe.contains(0.5f, 0.2f)).isTrue();
        assertThat(horseshoe.contains(0.5f, 0.6f)).isFalse();
        assertThat(horseshoe.contains(0.1f, 0.9f)).isTrue();
    }

    @Test
    void facesTooSmallAreIgnored() {
        assertThat(face(CameraRules.NONE.withMinFaceSize(41), 500, 250))
                .contains(Ignored.TOO_SMALL);
        assertThat(face(CameraRules.NONE.withMinFaceSize(40), 500, 250)).isEmpty();
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        assertThatThrownBy(() -> region(0, 0, 1, 1)).hasMessageContaining("3 to 64 corners");
        assertThatThrownBy(() -> region(0, 0, 1, 0, 1, 1.2)).hasMessageContaining("0 to 1");
        assertThatThrownBy(() -> CameraRules.NONE.withThreshold(Optional.of(1.5f)))
                .hasMessageContaining("threshold is 0 to 1");
        assertThatThrownBy(() -> CameraRules.NONE.withInferenceBudget(Optional.of(Float.NaN)))
                .hasMessageContaining("inference_budget");
        assertThatThrownBy(() -> CameraRules.NONE.withMinFaceSize(-1))
                .hasMessageContaining("min_face_size");
    }

    private static Schedule berlin(Set<DayOfWeek> days, String from, String to) {
        return new Schedule(
                ZoneId.of("Europe/Berlin"),
                List.of(new Hours(days, LocalTime.parse(from), LocalTime.parse(to))));
    }

    @Test
    void hoursAreOfTheCamerasTimeZoneAndFollowItsClock() {
        Schedule office = berlin(Set.of(DayOfWeek.MONDAY), "08:00", "18:00");
        // Monday 7 December 2026, winter: an hour ahead of UTC.
        assertThat(office.includes(Instant.parse("2026-12-07T06:59:59Z"))).isFalse();
        assertThat(office.includes(Instant.parse("2026-12-07T07:00:00Z"))).isTrue();
        assertThat(office.includes(Instant.parse("2026-12-07T17:00:00Z"))).isFalse();
        // Monday 6 July 2026, summer: two hours ahead.
        assertThat(office.includes(Instant.parse("2026-07-06T06:00:00Z"))).isTrue();
        assertThat(office.includes(Instant.parse("2026-07-07T10:00:00Z"))).isFalse();
    }

    @Test
    void hoursOverMidnightBelongToTheDayTheyBegin() {
        Schedule night = berlin(Set.of(DayOfWeek.FRIDAY), "22:00", "06:00");
        assertThat(night.includes(Instant.parse("2026-12-04T21:30:00Z"))).isTrue();
        assertThat(night.includes(Instant.parse("2026-12-05T04:59:00Z"))).isTrue();
        assertThat(night.includes(Instant.parse("2026-12-05T05:00:00Z"))).isFalse();
        assertThat(night.includes(Instant.parse("2026-12-04T02:00:00Z"))).isFalse();
    }

    @Test
    void equalTimesAreAWholeDay() {
        Schedule sunday = berlin(Set.of(DayOfWeek.SUNDAY), "00:00", "00:00");
        assertThat(sunday.includes(Instant.parse("2026-12-05T23:00:00Z"))).isTrue();
        assertThat(sunday.includes(Instant.parse("2026-12-06T22:59:00Z"))).isTrue();
        assertThat(sunday.includes(Instant.parse("2026-12-06T23:00:00Z"))).isFalse();
    }
}
