package io.facet.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.edge.software.Host;
import io.facet.lifecycle.Lifecycle;
import io.facet.model.AgentId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AgentRunTest {
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void theLauncherIsAskedForANewStartByTheExitStatus() throws Exception {
        // The folder is not there: the note that it is ready gets lost, which harms nothing.
        AgentRun run =
                new AgentRun(
                        Map.of("FACET_SLOTS", "slots", "FACET_READY_FILE", "no-such-folder/ready"));
        int status = run.repeat(() -> agent(run, 1));
        assertThat(status).isEqualTo(75);
        assertThat(starts).hasValue(1);
        assertThat(closed).as("in order").hasValue(1);
    }

    @Test
    void withoutALauncherTheAgentStartsAgainInThisProcess() throws Exception {
        AgentRun run = new AgentRun(Map.of("FACET_SLOTS", "slots"));
        int status = run.repeat(() -> agent(run, 2));
        assertThat(status).isZero();
        assertThat(starts).hasValue(3);
        assertThat(closed).hasValue(3);
    }

    @Test
    void theHostTakesTheLaunchersTimes() {
        Map<String, String> environment =
                Map.of("FACET_SETTLED_AFTER", "7", "FACET_READY_WITHIN", "soon");
        Host host = new AgentRun(environment).host();
        assertThat(host.timing())
                .isEqualTo(
                        new Host.Timing(
                                Duration.ofSeconds(7),
                                Host.Timing.USUAL.ready(),
                                Host.Timing.USUAL.calm()));
        assertThat(host.installation()).isEmpty();
    }

    /** An agent that asks for a new start, so many times, and then is told to stop. */
    private EdgeAgent agent(AgentRun run, int again) {
        Lifecycle parts = new Lifecycle();
        parts.own("part", closed::incrementAndGet);
        if (starts.incrementAndGet() <= again) {
            assertThat(run.host().restart().again("a test")).isTrue();
        } else {
            run.stop();
        }
        return new EdgeAgent(parts, new AgentId("box-1"), 1, Optional.empty());
    }
}
