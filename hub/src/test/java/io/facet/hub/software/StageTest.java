package io.facet.hub.software;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.hub.devices.DeviceGroups;
import io.facet.model.AgentId;
import io.facet.model.SiteScope;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageTest {
    private static final List<AgentId> BOXES =
            IntStream.range(0, 2000).mapToObj(i -> new AgentId("box-" + i)).toList();

    @Test
    void aLargerShareHoldsTheSmaller() {
        Set<AgentId> before = Set.of();
        for (int percent = 1; percent <= 100; percent++) {
            Set<AgentId> now = reached(percent);
            assertThat(now).containsAll(before);
            assertThat(now.size()).isBetween(20 * percent - 100, 20 * percent + 100);
            before = now;
        }
        assertThat(before).hasSize(BOXES.size());
    }

    private static Set<AgentId> reached(int percent) {
        Stage stage = new Stage(Set.of(), percent);
        return Set.copyOf(
                BOXES.stream().filter(box -> stage.reaches(box, DeviceGroups.NONE)).toList());
    }

    @Test
    void groupsNameTheirMembersAndNobodyElse() {
        Stage stage = new Stage(Set.of("canary", "lab"), 100);
        assertThat(stage.reaches(BOXES.getFirst(), new DeviceGroups(Set.of("lab", "x")))).isTrue();
        assertThat(stage.reaches(BOXES.getFirst(), new DeviceGroups(Set.of("x")))).isFalse();
        assertThat(stage.reaches(BOXES.getFirst(), DeviceGroups.NONE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 101})
    void noShareIsRefused(int percent) {
        assertThatThrownBy(() -> new Stage(Set.of(), percent))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Canary", "a b", "-a", "ä"})
    void whatIsNoLabelIsRefused(String label) {
        assertThatThrownBy(() -> new Stage(Set.of(label), 100))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeviceGroups(Set.of(label)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPlanHasStagesAndABoundedHold() {
        List<Stage> stages = List.of(new Stage(Set.of(), 100));
        assertThatThrownBy(() -> new Plan(List.of(), Duration.ZERO, 0, SiteScope.ALL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Plan(stages, Duration.ofDays(31), 0, SiteScope.ALL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Plan(stages, Duration.ofSeconds(-1), 0, SiteScope.ALL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Plan(stages, Duration.ZERO, -1, SiteScope.ALL))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
