package io.facet.hub.ingest;

import io.facet.hub.devices.Presence;
import io.facet.model.AgentId;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a box that missed three of its reports for gone, whatever the broker says of it. While the
 * hub itself has no connection it hears nobody, and judges nobody; after each connection everybody
 * has the whole time again. Thread-safe.
 */
final class SilenceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SilenceWatch.class);

    /** A box reports every 30 seconds. */
    private static final Duration REPORTS = Duration.ofSeconds(30);

    private static final int MISSED = 3;

    /** Silence that is none yet: the third report may be a little late. */
    static final Duration LONGEST = REPORTS.multipliedBy(MISSED).plusSeconds(5);

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Presence presence;
    private final Duration longest;
    private final Consumer<AgentId> gone;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("silence").factory());
    private volatile boolean listening;

    /**
     * Watches from {@link #start} on.
     *
     * @param gone told of a silent box until it is no longer present
     */
    SilenceWatch(Presence presence, Duration longest, Consumer<AgentId> gone) {
        this.presence = presence;
        this.longest = longest;
        this.gone = gone;
    }

    void start() {
        var _ =
                thread.scheduleWithFixedDelay(
                        this::tryLook, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The connection is there: whoever lives is heard from now on. */
    void listening() {
        presence.startAfresh();
        listening = true;
    }

    /** The connection is gone. */
    void deaf() {
        listening = false;
    }

    private void tryLook() {
        try {
            look();
        } catch (RejectedExecutionException closing) {
            LOG.debug("nobody is taken for gone any more: the hub is closing");
        } catch (RuntimeException failure) {
            LOG.warn("a look for silent boxes failed", failure);
        }
    }

    /** Looks once. */
    void look() {
        if (!listening) {
            return;
        }
        for (AgentId agent : presence.silent(longest)) {
            LOG.warn("edge agent {} has missed its reports; it is taken for offline", agent);
            gone.accept(agent);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
