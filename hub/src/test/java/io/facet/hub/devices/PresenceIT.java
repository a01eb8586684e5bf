package io.facet.hub.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.TestBox;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.wire.v1.AgentState;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the broker keeps of a box is a claim; only the box itself is heard. */
class PresenceIT {
    private static final AgentId BOX = new AgentId("box-quiet");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path data = Path.of("");

    @Test
    void aStateTheBrokerKeptDoesNotMakeABoxHeardAgain() throws Exception {
        DeviceKey key;
        Instant heard;
        try (DevHub hub = DevHub.in(data)) {
            key = hub.services().devices().register(BOX, SiteId.DEFAULT);
            try (TestBox box = TestBox.connect(BOX, key.key().reveal(), mqtt(hub))) {
                box.state(AgentState.newBuilder().setOnline(true).setVersion("1").build());
                await().atMost(PATIENCE).until(() -> device(hub).online());
            }
            heard = device(hub).lastSeen().orElseThrow();
        }
        // The box died while hub and broker were down: no will was sent, its last state is kept.
        try (DevHub hub = DevHub.in(data)) {
            await("the kept state arrives").atMost(PATIENCE).until(() -> device(hub).online());
            assertThat(device(hub).lastSeen()).contains(heard);
            try (TestBox box = TestBox.connect(BOX, key.key().reveal(), mqtt(hub))) {
                box.state(AgentState.newBuilder().setOnline(true).setVersion("2").build());
                await("it is heard")
                        .atMost(PATIENCE)
                        .until(() -> device(hub).lastSeen().orElseThrow().isAfter(heard));
            }
        }
    }

    private static Device device(DevHub hub) {
        return hub.services().devices().get(BOX, SiteScope.ALL).orElseThrow();
    }

    private static URI mqtt(DevHub hub) {
        return hub.services().mqtt();
    }
}
