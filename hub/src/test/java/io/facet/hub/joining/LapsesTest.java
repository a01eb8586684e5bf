package io.facet.hub.joining;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.model.AgentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LapsesTest {
    private static final AgentId BOX = new AgentId("box-1");
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant END = START.plusSeconds(60);

    private final List<JoinStore.Certificate> certificates = new ArrayList<>();
    private final List<AgentId> cut = new ArrayList<>();
    private Instant now = START;
    private final Lapses lapses =
            new Lapses(
                    at -> certificates.stream().filter(c -> at.isBefore(c.expiresAt())).toList(),
                    cut::add,
                    () -> now);

    @Test
    void aBoxIsCutOffOnceWhenItsLastCertificateEnds() {
        certificates.add(new JoinStore.Certificate("1", BOX, END));
        lapses.settle();
        now = END.minusSeconds(1);
        lapses.settle();
        assertThat(cut).isEmpty();
        now = END;
        lapses.settle();
        lapses.settle();
        assertThat(cut).containsExactly(BOX);
    }

    @Test
    void aBoxThatRenewedInTimeStays() {
        certificates.add(new JoinStore.Certificate("1", BOX, END));
        lapses.settle();
        certificates.add(new JoinStore.Certificate("2", BOX, END.plusSeconds(60)));
        now = END;
        lapses.settle();
        assertThat(cut).isEmpty();
        now = END.plusSeconds(60);
        lapses.settle();
        assertThat(cut).containsExactly(BOX);
    }

    @Test
    void aBoxWhoseCertificateWasRevokedWasCutOffThen() {
        certificates.add(new JoinStore.Certificate("1", BOX, END));
        lapses.settle();
        certificates.clear();
        lapses.settle();
        now = END;
        lapses.settle();
        assertThat(cut).isEmpty();
    }
}
