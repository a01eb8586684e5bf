package io.facet.hub.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.facet.hub.recognition.FaceAnalysis.Session;
import io.facet.hub.recognition.FaceAnalysis.SessionScore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LivenessSessionsTest {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final LivenessSessions sessions = new LivenessSessions(now::get, 0.5f);

    @Test
    void aSessionAveragesItsPictures() {
        Session session = new Session("s", "caller");
        sessions.add(session, 0.9f);
        SessionScore score = sessions.add(session, 0.3f);
        assertThat(score.pictures()).isEqualTo(2);
        assertThat(score.score()).isCloseTo(0.6f, within(1e-6f));
        assertThat(score.passed()).isTrue();
        assertThat(sessions.add(session, 0).passed()).isFalse();
    }

    @Test
    void aSessionIsItsCallersOwn() {
        sessions.add(new Session("s", "one"), 0.1f);
        assertThat(sessions.get(new Session("s", "two"))).isEmpty();
        assertThat(sessions.add(new Session("s", "two"), 0.9f).pictures()).isEqualTo(1);
    }

    @Test
    void aSessionEndsFiveMinutesAfterItsLastPicture() {
        Session session = new Session("s", "caller");
        sessions.add(session, 0.9f);
        now.updateAndGet(t -> t.plus(Duration.ofMinutes(4)));
        SessionScore second = sessions.add(session, 0.9f);
        assertThat(second.pictures()).isEqualTo(2);
        assertThat(second.expiresAt()).isEqualTo(now.get().plus(Duration.ofMinutes(5)));
        now.updateAndGet(t -> t.plus(Duration.ofMinutes(6)));
        assertThat(sessions.get(session)).isEmpty();
    }
}
