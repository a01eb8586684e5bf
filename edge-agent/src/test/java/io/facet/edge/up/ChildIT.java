package io.facet.edge.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildIT {
    @TempDir Path folder;

    private Child run(String script) {
        return Child.start("hub", folder.resolve("hub.log"), List.of("sh", "-c", script));
    }

    @Test
    void aChildsOwnSentenceIsWhatItDiedOf() throws Exception {
        Files.writeString(folder.resolve("hub.log"), "facet: internal: of an earlier run\n");
        Child child =
                run("echo noise; echo 'facet: port_in_use: port 80 is taken'; echo more; exit 1");
        child.ended().join();
        assertThat(child.died().code()).isEqualTo(ErrorCode.PORT_IN_USE);
        assertThat(child.died()).hasMessage("the hub stopped: port 80 is taken");
    }

    @Test
    void withoutASentenceTheEndOfItsLogIsShown() throws Exception {
        Files.writeString(folder.resolve("hub.log"), "an earlier run\n");
        Child child = run("echo first; echo last; exit 7");
        child.ended().join();
        assertThat(child.died())
                .hasMessageContaining("status 7")
                .hasMessageEndingWith("first\nlast")
                .hasMessageNotContaining("earlier");
    }

    @Test
    void whatItIsBusyWithIsPassedOnOnce() throws Exception {
        Child child = run("echo 'facet: fetching models'; echo noise; echo 'facet: ready'");
        child.ended().join();
        List<String> heard = new ArrayList<>();
        child.relay(heard::add);
        child.relay(heard::add);
        assertThat(heard).containsExactly("fetching models", "ready");
    }

    @Test
    void onceStoppedNothingIsStartedAnyMore() {
        Children children = new Children();
        Child child = children.start("hub", () -> run("exec sleep 600"));
        assertThat(child.alive()).isTrue();
        children.close();
        assertThat(child.alive()).isFalse();
        assertThat(children.stopping()).isTrue();
        assertThatThrownBy(() -> children.start("agent", () -> run("exec sleep 600")))
                .hasMessageContaining("stopping");
    }
}
