package io.facet.hub.watchlists;

import io.facet.model.PersonId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Watchlists at rest. Each call is one transaction, on disk at return. Thread-safe. */
public interface WatchlistStore {
    /** Stores a list; false when another has its name. */
    boolean add(Watchlist list);

    /** Replaces a list's rules; false when another has the name. */
    boolean update(Watchlist list);

    boolean remove(WatchlistId id);

    /**
     * Makes revisions of the gallery of lists that have ended by now, and of those that are in
     * force again: their members leave, or join, the boxes that are told of these lists.
     *
     * @return how many lists that were
     */
    int settle(Instant now);

    List<Watchlist> all();

    /** Every membership. */
    Map<PersonId, Set<WatchlistId>> memberships();

    /** Makes people members, all or none; the ones that are not there, when any is not. */
    Set<PersonId> join(WatchlistId id, Collection<PersonId> people, Instant at);

    boolean leave(WatchlistId id, PersonId person);

    /** Members in the order of their ids. */
    List<PersonId> members(WatchlistId id, Optional<PersonId> after, long offset, int limit);

    long countMembers(WatchlistId id);
}
