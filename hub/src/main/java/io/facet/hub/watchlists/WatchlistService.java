package io.facet.hub.watchlists;

import io.facet.model.PersonId;
import io.facet.model.SiteScope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Watchlists. A change that returned is stored and in force. Thread-safe.
 *
 * <p>Whoever is confined to sites sees the lists that look at one of them, and changes those that
 * look at no other. Errors are {@link io.facet.error.FacetException}: {@code NOT_FOUND}, {@code
 * ALREADY_EXISTS} (a name twice), {@code PERMISSION_DENIED}.
 */
public interface WatchlistService {
    /** Makes a list without members. */
    Watchlist create(WatchlistRules rules, SiteScope scope);

    /** In the order they were made. */
    List<Watchlist> list(SiteScope scope);

    Optional<Watchlist> get(WatchlistId id, SiteScope scope);

    /**
     * Replaces a list's rules.
     *
     * @param check sees the present state, and throws to keep it
     */
    Watchlist update(
            WatchlistId id, WatchlistRules rules, SiteScope scope, Consumer<Watchlist> check);

    /** Removes a list; its people stay. */
    void delete(WatchlistId id, SiteScope scope, Consumer<Watchlist> check);

    /** Makes people members; who is one already stays one. All or none. */
    void join(WatchlistId id, Collection<PersonId> people, SiteScope scope);

    /** Ends a membership; false when there was none. */
    boolean leave(WatchlistId id, PersonId person, SiteScope scope);

    /** Members in the order of their ids. */
    List<PersonId> members(
            WatchlistId id, Optional<PersonId> after, long offset, int limit, SiteScope scope);

    long countMembers(WatchlistId id);

    /** The lists a person is on. */
    List<Watchlist> of(PersonId person, SiteScope scope);

    /**
     * Everybody on a list in force, for a search among them.
     *
     * @throws io.facet.error.FacetException {@code NOT_FOUND}; {@code INVALID_ARGUMENT} when it has
     *     expired
     */
    Set<PersonId> everybody(WatchlistId id);

    /** A list's own threshold. */
    Optional<Float> threshold(WatchlistId id);
}
