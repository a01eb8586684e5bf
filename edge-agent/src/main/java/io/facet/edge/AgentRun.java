package io.facet.edge;

import io.facet.edge.software.Host;
import io.facet.lifecycle.Pulse;
import io.facet.lifecycle.ServiceManager;
import io.facet.update.Installation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an agent until the process is told to stop, and starts it again when its software asks for
 * that: by the packages' launcher, which takes the exit status for it, else in this process. One
 * thread runs it; the rest is thread-safe.
 */
final class AgentRun {
    private static final Logger LOG = LoggerFactory.getLogger(AgentRun.class);

    /** The launcher's word for: start me again. */
    private static final int START_AGAIN = 75;

    private final Map<String, String> environment;
    private final boolean launcher;
    private final Thread main = Thread.currentThread();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean stopped;
    private volatile CountDownLatch end = new CountDownLatch(1);

    /** For the calling thread. */
    AgentRun(Map<String, String> environment) {
        this.environment = environment;
        // By hand a package's release runs without the launcher's watch.
        this.launcher =
                environment.containsKey("FACET_SLOTS")
                        && environment.containsKey("FACET_READY_FILE");
    }

    /** What the agent's software is to know of this process. */
    Host host() {
        return new Host(
                launcher ? Installation.of(environment) : Optional.empty(),
                new Restarting(),
                new Host.Timing(
                        seconds("FACET_SETTLED_AFTER", Host.Timing.USUAL.settled()),
                        seconds("FACET_READY_WITHIN", Host.Timing.USUAL.ready()),
                        seconds("FACET_CALM_FOR", Host.Timing.USUAL.calm())));
    }

    private Duration seconds(String name, Duration usual) {
        String text = environment.getOrDefault(name, "");
        return text.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(text)) : usual;
    }

    /** On SIGTERM: also while the agent still waits for its hub, hence the interrupt. */
    void stop() {
        stopped = true;
        end.countDown();
        main.interrupt();
    }

    /** The process must not end before the parts are closed. */
    void awaitEnd() {
        try {
            closed.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Runs it, and again.
     *
     * @return the status to exit with
     */
    int repeat(Supplier<EdgeAgent> start) throws InterruptedException {
        try {
            while (true) {
                once(start);
                if (stopped) {
                    return 0;
                }
                if (launcher) {
                    return START_AGAIN;
                }
                end = new CountDownLatch(1);
            }
        } finally {
            closed.countDown();
        }
    }

    private void once(Supplier<EdgeAgent> start) throws InterruptedException {
        // The service manager first hears that it stops, then it does.
        try (EdgeAgent agent = start.get();
                ServiceManager service = ServiceManager.of(environment)) {
            LOG.info("health at http://127.0.0.1:{}/health/ready", agent.healthPort());
            service.started(agent.flaw(), new Pulse("127.0.0.1", agent.healthPort()));
            end.await();
            LOG.info("stopping");
        } catch (InterruptedException | IllegalStateException failure) {
            if (!stopped) {
                throw failure;
            }
            LOG.debug("stopped while starting", failure);
        }
    }

    /** Ends the run; whoever runs this then starts it again. */
    private final class Restarting implements Host.Restart {
        @Override
        public boolean again(String why) {
            if (end.getCount() > 0) {
                LOG.info("{}: starting again", why);
                end.countDown();
            }
            return true;
        }

        @Override
        public void hung() {
            LOG.error("the start hangs");
            if (launcher) {
                Runtime.getRuntime().halt(START_AGAIN);
            }
        }
    }
}
