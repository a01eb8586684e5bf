package io.facet.hub.watchlists;

import java.time.Instant;

/** A list, without its members. */
public record Watchlist(
        WatchlistId id, WatchlistRules rules, Instant createdAt, Instant updatedAt) {
    /** What an event says of it. */
    public WatchlistRef ref() {
        return new WatchlistRef(id, rules.name(), rules.colour());
    }
}
