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
