package io.facet.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void closesInReverseOnce() {
        Lifecycle parts = new Lifecycle();
        parts.start("a", () -> part("a"));
        parts.start("b", () -> part("b"));
        parts.close();
        parts.close();
        assertThat(closed).containsExactly("b", "a");
    }

    @Test
    void aFailedStartClosesWhatStarted() {
        Lifecycle parts = new Lifecycle();
        parts.start("a", () -> part("a"));
        assertThatThrownBy(() ->
                        parts.start(
                                "b",
                                () -> {
                                    throw new IllegalArgumentException("no b");
                                }))
                .hasMessage("no b");
        assertThat(closed).containsExactly("a");
    }

    @Test
    void theFirstFailureWinsAndEverythingIsClosed() {
        Lifecycle parts = new Lifecycle();
        parts.start("a", () -> part("a"));
        parts.own("b", () -> fail("b"));
        parts.own("c", () -> fail("c"));
        assertThatThrownBy(parts::close)
                .hasMessageContaining("c")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(closed).containsExactly("a");
    }

    private AutoCloseable part(String name) {
        return () -> closed.add(name);
    }

    private static void fail(String name) {
        throw new IllegalStateException(name);
    }
}
