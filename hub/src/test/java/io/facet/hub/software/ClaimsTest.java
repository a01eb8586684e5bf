package io.facet.hub.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.hub.devices.Device;
import io.facet.hub.testing.Fleets;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final SiteId YARD = new SiteId("yard");

    @Test
    void theNewestRolloutOfASiteHasItsBoxes() {
        Device here = Fleets.box("a", "1.0.0");
        Device there = at(YARD, Fleets.box("b", "1.0.0"));
        Rollout old = rollout(1, SiteScope.ALL, Rollout.State.DONE);
        Rollout yard = rollout(2, new SiteScope.Only(Set.of(YARD)), Rollout.State.STOPPED);
        Map<UUID, List<Device>> claims = Claims.of(List.of(yard, old), List.of(here, there));
        assertThat(claims.get(yard.id())).containsExactly(there);
        assertThat(claims.get(old.id())).containsExactly(here);
        Rollout newest = rollout(3, SiteScope.ALL, Rollout.State.RUNNING);
        assertThat(Claims.of(List.of(newest, yard, old), List.of(here, there)))
                .containsOnlyKeys(newest.id());
    }

    private static Device at(SiteId site, Device box) {
        return new Device(
                box.agent(),
                site,
                box.registeredAt(),
                box.online(),
                box.lastSeen(),
                box.groups(),
                box.report());
    }

    private static Rollout rollout(long id, SiteScope sites, Rollout.State state) {
        Rollout any = Fleets.rollout(state);
        return new Rollout(
                new UUID(7, id),
                any.product(),
                any.version(),
                any.artefacts(),
                new Plan(any.plan().stages(), Duration.ZERO, 0, sites),
                state,
                "",
                0,
                any.wellSince(),
                0,
                "t",
                Fleets.NOW,
                Fleets.NOW);
    }
}
