package io.facet.hub.store.postgres;

import io.facet.hub.events.HubEvent;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Where a transaction writes what is to be told of it. Thread-safe. */
@FunctionalInterface
public interface Outbox {
    /** Tells nobody. */
    Outbox NOBODY = (_, _, _) -> {};

    /** Tells whoever wants it of something that the handle's transaction does. */
    void tell(Handle handle, HubEvent event, Instant at);
}
