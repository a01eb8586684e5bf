package io.facet.hub.watchlists;

import io.facet.model.Uuid7;
import java.util.UUID;

/** Names one watchlist. A UUIDv7, so that ids sort by creation time. */
public record WatchlistId(UUID value) implements Comparable<WatchlistId> {
    /**
     * Reads the canonical text form.
     *
     * @throws IllegalArgumentException when the text is no UUID
     */
    public static WatchlistId parse(String text) {
        return new WatchlistId(Uuid7.parse(text));
    }

    @Override
    public int compareTo(WatchlistId other) {
        return Uuid7.compare(value, other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
