package io.facet.hub.events;

import io.facet.hub.events.EventStore.Entry;
import io.facet.model.EventId;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Told of every batch of events, after its commit. Must not throw or block. */
@FunctionalInterface
public interface EventObserver {
    /**
     * A batch is stored.
     *
     * @param fresh the ids that were new; the others were stored before
     * @param commit how long the store took
     */
    void ingested(List<Entry> entries, Set<EventId> fresh, Duration commit);

    /** Tells several. */
    static EventObserver all(List<EventObserver> observers) {
        List<EventObserver> all = List.copyOf(observers);
        return (entries, fresh, commit) ->
                all.forEach(observer -> observer.ingested(entries, fresh, commit));
    }
}
