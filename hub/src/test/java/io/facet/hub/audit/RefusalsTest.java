package io.facet.hub.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final Instant START = Instant.parse("2026-05-01T08:00:00Z");

    private final Refusals refusals = new Refusals();

    private static AuditEntry refusal(String actor, Instant at) {
        return new AuditEntry(
                UUID.randomUUID(), at, actor, "viewer", "GET /x", List.of(), "not_found");
    }

    private List<String> written(String actor, Instant at, int times) {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            refusals.admit(refusal(actor, at))
                    .forEach(e -> {
                        assertThat(e.actor()).isEqualTo(actor);
                        written.add(e.action());
                    });
        }
        return written;
    }

    @Test
    void theFirstOfAWindowAreWrittenAndThatOthersWereNot() {
        assertThat(written("a", START, Refusals.MOST))
                .hasSize(Refusals.MOST)
                .containsOnly("GET /x");
        assertThat(written("a", START.plusSeconds(30), 5000)).containsExactly(Refusals.FROM_HERE);
    }

    @Test
    void theNextWindowSaysHowMany() {
        written("a", START, Refusals.MOST + 7);
        Instant last = START.plus(Refusals.WINDOW).minus(Duration.ofMillis(1));
        assertThat(written("a", last, 1)).isEmpty();
        Instant next = START.plus(Refusals.WINDOW);
        assertThat(written("a", next, 2)).containsExactly(Refusals.COUNTED + 8, "GET /x", "GET /x");
        assertThat(written("a", next, Refusals.MOST - 2)).hasSize(Refusals.MOST - 2);
    }

    @Test
    void aClockThatIsSetBackSilencesNobody() {
        written("a", START, Refusals.MOST + 1);
        assertThat(written("a", START.minus(Duration.ofHours(1)), 1))
                .containsExactly(Refusals.COUNTED + 1, "GET /x");
    }

    @Test
    void nobodyElsesRefusalsAreLeftOut() {
        written("a", START, 10_000);
        assertThat(written("b", START, 3)).hasSize(3).containsOnly("GET /x");
    }
}
