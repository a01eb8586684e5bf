package io.facet.edge.clip;

import io.facet.model.EventId;

/** Where finished films go. Thread-safe. */
@FunctionalInterface
public interface ClipStore {
    /**
     * Keeps an event's film; when this returns it is on disk. A film there is no room for is
     * counted and given up, so this never throws for it.
     */
    void put(EventId event, byte[] film);
}
