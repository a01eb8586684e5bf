package io.facet.hub.watchlists;

/** A list as an event names it. */
public record WatchlistRef(WatchlistId id, String name, String colour) {}
