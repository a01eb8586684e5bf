package io.facet.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.model.CameraRules;
import io.facet.model.Region;
import io.facet.model.Region.Corner;
import io.facet.model.Schedule;
import io.facet.model.Schedule.Hours;
import io.facet.wire.v1.DesiredCamera;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WireRulesTest {
    @Test
    void everyRuleArrivesAsItWasSent() throws Exception {
        Region triangle =
                new Region(List.of(new Corner(0, 0), new Corner(1, 0), new Corner(0.5f, 0.75f)));
        Hours weekend =
                new Hours(
                        Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                        LocalTime.of(22, 30),
                        LocalTime.of(6, 0));
        CameraRules rules =
                new CameraRules(
                        7,
                        List.of(triangle),
                        List.of(triangle, triangle),
                        48,
                        Optional.of(0.7f),
                        Optional.of(0.5f),
                        Optional.of(new Schedule(ZoneId.of("America/New_York"), List.of(weekend))));
        byte[] sent =
                DesiredCamera.newBuilder().setRules(WireRules.of(rules)).build().toByteArray();
        assertThat(WireRules.from(DesiredCamera.parseFrom(sent).getRules())).isEqualTo(rules);
    }

    /** As a hub of the release before sends it. */
    @Test
    void aCameraWithoutRulesHasNone() {
        assertThat(WireRules.from(DesiredCamera.getDefaultInstance().getRules()))
                .isEqualTo(CameraRules.NONE);
    }

    @Test
    void rulesThatCannotBeKeptToAreRefused() {
        var unknownZone =
                io.facet.wire.v1.CameraRules.newBuilder()
                        .setSchedule(
                                io.facet.wire.v1.Schedule.newBuilder().setTimeZone("Mars/Olympus"))
                        .build();
        assertThatThrownBy(() -> WireRules.from(unknownZone))
                .isInstanceOf(IllegalArgumentException.class);
        var line =
                io.facet.wire.v1.CameraRules.newBuilder()
                        .addZones(
                                io.facet.wire.v1.Region.newBuilder()
                                        .addXy(0)
                                        .addXy(0)
                                        .addXy(1)
                                        .addXy(1))
                        .build();
        assertThatThrownBy(() -> WireRules.from(line)).isInstanceOf(IllegalArgumentException.class);
    }
}
