package io.facet.hub.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.hub.recognition.FaceChecks.Session;
import io.facet.hub.recognition.FaceChecks.Standing;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LivenessSessionsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = START;
    private final LivenessSessions sessions = new LivenessSessions(() -> now);
    private final Session door = new Session("alice", "door");

    @Test
    void aSessionIsTheMeanOfItsScoresForFiveMinutesFromTheFirst() {
        sessions.add(door, 0.2f);
        now = START.plusSeconds(299);
        assertThat(sessions.add(door, 0.8f))
                .isEqualTo(new Standing(0.5f, 2, START.plusSeconds(300)));
        now = START.plusSeconds(300);
        assertThat(sessions.standing(door)).isEmpty();
        assertThat(sessions.add(door, 0.9f).images()).isEqualTo(1);
    }

    @Test
    void sessionsAreTheCallersOwn() {
        sessions.add(door, 0.2f);
        assertThat(sessions.add(new Session("bob", "door"), 0.9f).mean()).isEqualTo(0.9f);
        for (int i = 0; i < LivenessSessions.MOST_OF_ONE_CALLER + 1; i++) {
            sessions.add(new Session("bob", "s" + i), 1);
        }
        assertThat(sessions.standing(new Session("bob", "door"))).as("bob's oldest").isEmpty();
        assertThat(sessions.standing(door)).as("alice's").isPresent();
    }
}
