package io.facet.hub.webhooks;

import io.facet.error.FacetException;
import io.facet.hub.events.HubEvent;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes live events off the feed into the outbox; while the database is away it waits, and the
 * feed's own backlog with it. Used by the feed's thread.
 */
public final class Intake implements Consumer<HubEvent>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Consumer<HubEvent> outbox;
    private volatile boolean closed;

    public Intake(Consumer<HubEvent> outbox) {
        this.outbox = outbox;
    }

    @Override
    public void accept(HubEvent event) {
        // Alerts are taken where they are raised.
        if (event instanceof HubEvent.AlertRaised || event instanceof HubEvent.AlertResolved) {
            return;
        }
        while (!closed) {
            try {
                outbox.accept(event);
                return;
            } catch (FacetException away) {
                LOG.debug("an event waits for the outbox: {}", away.reason());
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
