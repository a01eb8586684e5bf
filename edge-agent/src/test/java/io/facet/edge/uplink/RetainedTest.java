package io.facet.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetainedTest {
    private final Retained retained = new Retained(Set.of("info", "head"));

    private static long at(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void whatIsNotHeardIsAskedForAgainAtGrowingIntervals() {
        retained.connecting(at(100));
        retained.heard("head");
        assertThat(retained.due(at(101))).isEmpty();
        assertThat(retained.due(at(102))).containsExactly("info");
        assertThat(retained.due(at(105))).isEmpty();
        assertThat(retained.due(at(106))).containsExactly("info");
        retained.heard("info");
        assertThat(retained.due(at(200))).isEmpty();
    }

    @Test
    void anotherConnectionBeginsAnew() {
        retained.connecting(at(0));
        retained.heard("info");
        retained.heard("head");
        retained.connecting(at(50));
        assertThat(retained.due(at(52))).containsExactlyInAnyOrder("info", "head");
    }
}
