package io.facet.hub.sync;

import io.facet.hub.watchlists.WatchlistId;
import java.util.Set;

/** Whom a box is told of. */
public sealed interface GallerySelection {
    /** Everybody, present and to come; a box of which nothing else was said. */
    record Everybody() implements GallerySelection {}

    /** Nobody: the box only looks, and the hub recognises. */
    record Nobody() implements GallerySelection {}

    /** Whoever is on one of these watchlists. */
    record Members(Set<WatchlistId> lists) implements GallerySelection {
        public Members {
            lists = Set.copyOf(lists);
            if (lists.isEmpty()) {
                throw new IllegalArgumentException("name at least one watchlist");
            }
        }
    }
}
