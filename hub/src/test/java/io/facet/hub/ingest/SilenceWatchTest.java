package io.facet.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.hub.devices.Presence;
import io.facet.model.AgentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {
    private static final AgentId LIVING = new AgentId("living");
    private static final AgentId DEAD = new AgentId("dead");
    private static final Duration LONGEST = Duration.ofSeconds(95);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final Presence presence = new Presence(now::get);
    private final List<AgentId> gone = new ArrayList<>();
    private final SilenceWatch watch = new SilenceWatch(presence, LONGEST, this::takeForGone);

    private void takeForGone(AgentId agent) {
        gone.add(agent);
        presence.set(agent, false);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        watch.look();
    }

    @Test
    void aBoxThatMissesThreeReportsIsGoneAndOneThatReportsIsNot() {
        watch.listening();
        presence.set(LIVING, true);
        presence.set(DEAD, true);
        for (int report = 0; report < 3; report++) {
            pass(Duration.ofSeconds(30));
            assertThat(gone).isEmpty();
            presence.set(LIVING, true);
        }
        pass(Duration.ofSeconds(6));
        assertThat(gone).containsExactly(DEAD);
        assertThat(presence.isOnline(DEAD)).isFalse();
        assertThat(presence.isOnline(LIVING)).isTrue();

        assertThat(presence.set(DEAD, true)).as("its return is news").isTrue();
        pass(Duration.ofSeconds(30));
        assertThat(gone).as("told once").containsExactly(DEAD);
    }

    @Test
    void aHubWithoutABrokerJudgesNobodyAndStartsAfreshWithIt() {
        watch.listening();
        presence.set(LIVING, true);
        watch.deaf();
        pass(Duration.ofHours(1));
        assertThat(gone).isEmpty();

        watch.listening();
        pass(Duration.ofSeconds(90));
        assertThat(gone).isEmpty();
        pass(Duration.ofSeconds(6));
        assertThat(gone).containsExactly(LIVING);
    }
}
