package io.facet.hub.events;

import io.facet.hub.watchlists.WatchlistId;
import io.facet.model.EventId;
import io.facet.model.FaceEvent;
import io.facet.model.Jpeg;
import io.facet.model.SiteScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Events at rest. Thread-safe. */
public interface EventStore {
    /**
     * An event to store.
     *
     * @param watchlists the lists it matched when it came in
     */
    record Entry(
            FaceEvent event,
            Instant occurredAt,
            Instant receivedAt,
            boolean historical,
            List<WatchlistId> watchlists) {
        public Entry {
            watchlists = List.copyOf(watchlists);
        }

        /** One that matched no watchlist. */
        public Entry(FaceEvent event, Instant occurredAt, Instant receivedAt, boolean historical) {
            this(event, occurredAt, receivedAt, historical, List.of());
        }
    }

    /**
     * Stores what is not there yet, in one transaction on disk at return; the ids that were new.
     */
    Set<EventId> add(List<Entry> entries);

    /** Rows without names, newest first, one more than the limit where there are more. */
    List<Row> page(EventQuery query);

    Optional<Row> find(EventId id, SiteScope sites);

    Optional<Jpeg> crop(EventId id, SiteScope sites);

    /** An event as stored; its sighting has neither crop nor embedding. */
    record Row(Entry entry, boolean hasCrop, boolean hasClip) {}
}
