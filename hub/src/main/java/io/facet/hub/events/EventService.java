package io.facet.hub.events;

import io.facet.model.EventId;
import io.facet.model.Jpeg;
import io.facet.model.SiteScope;
import java.util.List;
import java.util.Optional;

/** What the edge saw. Thread-safe. */
public interface EventService {
    /**
     * Stores events in one transaction and then tells the {@link HubFeed} of those that are new; an
     * event with an id that is stored already changes nothing. When this returns, every one of them
     * is on disk.
     *
     * @return how many were new
     */
    int ingest(List<ReceivedEvent> events);

    EventPage page(EventQuery query);

    /** One event, when it is of these sites. */
    Optional<StoredEvent> find(EventId id, SiteScope sites);

    /** The face of a sighting; empty when none was sent or its person was erased. */
    Optional<Jpeg> crop(EventId id, SiteScope sites);
}
