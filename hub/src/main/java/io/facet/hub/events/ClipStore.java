package io.facet.hub.events;

import io.facet.model.AgentId;
import io.facet.model.EventId;
import io.facet.model.SiteScope;
import java.time.Instant;
import java.util.Optional;

/** Films around events at rest. Thread-safe. */
public interface ClipStore {
    /** What became of a film. */
    enum Stored {
        /** On disk, from now on or since it came before. */
        KEPT,
        /** No event of that id came from that box. */
        UNKNOWN_EVENT,
        /** The event, or a person of its visit, was deleted; or it is an event without a visit. */
        GONE
    }

    /** Stores the film of an event, unless it has one. */
    Stored put(EventId event, AgentId from, byte[] film, Instant now);

    /** The film of an event, WebM. */
    Optional<byte[]> film(EventId event, SiteScope sites);
}
