package io.facet.hub.watchlists;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.CameraId;
import io.facet.model.PersonId;
import io.facet.model.SiteScope;
import io.facet.model.Uuid7;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The watchlist service over a store. Lists and memberships are in memory too, so that matching
 * costs an event no query. Thresholds cascade: the camera's own, else the list's, else none, for
 * the edge has held the recognition to the system's already. Thread-safe; changes one at a time.
 */
public final class Watchlists implements WatchlistService, WatchlistMatches {
    private final WatchlistStore store;
    private final Function<CameraId, Optional<Float>> cameraThreshold;
    private final Runnable galleryChanged;
    private final Uuid7 ids;
    private final InstantSource clock;
    private final Map<WatchlistId, Watchlist> lists = new ConcurrentHashMap<>();
    private final Memberships memberships;

    /**
     * Reads everything.
     *
     * @param cameraThreshold a camera's own
     * @param galleryChanged told, after the commit, when there may be other members than before
     */
    public Watchlists(
            WatchlistStore store,
            Function<CameraId, Optional<Float>> cameraThreshold,
            Runnable galleryChanged,
            Uuid7 ids,
            InstantSource clock) {
        this.store = store;
        this.cameraThreshold = cameraThreshold;
        this.galleryChanged = galleryChanged;
        this.ids = ids;
        this.clock = clock;
        store.all().forEach(list -> lists.put(list.id(), list));
        this.memberships = new Memberships(store.memberships());
    }

    @Override
    public synchronized Watchlist create(WatchlistRules rules, SiteScope scope) {
        requireWithin(rules, scope);
        Instant now = now();
        Watchlist list = new Watchlist(new WatchlistId(ids.next()), rules, now, now);
        if (!store.add(list)) {
            throw nameTaken();
        }
        lists.put(list.id(), list);
        return list;
    }

    @Override
    public List<Watchlist> list(SiteScope scope) {
        return lists.values().stream()
                .filter(list -> list.rules().isVisibleTo(scope))
                .sorted(Comparator.comparing(Watchlist::id))
                .toList();
    }

    @Override
    public Optional<Watchlist> get(WatchlistId id, SiteScope scope) {
        return Optional.ofNullable(lists.get(id)).filter(l -> l.rules().isVisibleTo(scope));
    }

    @Override
    public synchronized Watchlist update(
            WatchlistId id, WatchlistRules rules, SiteScope scope, Consumer<Watchlist> check) {
        Watchlist present = changeable(id, scope);
        requireWithin(rules, scope);
        check.accept(present);
        Watchlist changed = new Watchlist(id, rules, present.createdAt(), now());
        if (!store.update(changed)) {
            throw nameTaken();
        }
        lists.put(id, changed);
        settle();
        return changed;
    }

    /**
     * Lets members of lists that have ended leave the boxes, and those of lists in force again come
     * back; to be called now and then, as time goes by.
     */
    public synchronized void settle() {
        if (store.settle(clock.instant()) > 0) {
            galleryChanged.run();
        }
    }

    @Override
    public synchronized void delete(WatchlistId id, SiteScope scope, Consumer<Watchlist> check) {
        check.accept(changeable(id, scope));
        store.remove(id);
        lists.remove(id);
        memberships.end(id);
        galleryChanged.run();
    }

    @Override
    public synchronized void join(WatchlistId id, Collection<PersonId> people, SiteScope scope) {
        changeable(id, scope);
        Set<PersonId> missing = store.join(id, people, now());
        if (!missing.isEmpty()) {
            throw new FacetException(
                    ErrorCode.NOT_FOUND,
                    "there is no person "
                            + missing.iterator().next()
                            + "; nobody was added to the watchlist");
        }
        memberships.join(id, people);
        galleryChanged.run();
    }

    @Override
    public synchronized boolean leave(WatchlistId id, PersonId person, SiteScope scope) {
        changeable(id, scope);
        memberships.leave(id, person);
        boolean left = store.leave(id, person);
        galleryChanged.run();
        return left;
    }

    @Override
    public List<PersonId> members(
            WatchlistId id, Optional<PersonId> after, long offset, int limit, SiteScope scope) {
        var _ = get(id, scope).orElseThrow(Watchlists::noList);
        return store.members(id, after, offset, limit);
    }

    @Override
    public long countMembers(WatchlistId id) {
        return store.countMembers(id);
    }

    @Override
    public List<Watchlist> of(PersonId person, SiteScope scope) {
        return memberships.of(person).stream()
                .flatMap(id -> get(id, scope).stream())
                .sorted(Comparator.comparing(Watchlist::id))
                .toList();
    }

    @Override
    public Set<PersonId> everybody(WatchlistId id) {
        Watchlist list = Optional.ofNullable(lists.get(id)).orElseThrow(Watchlists::noList);
        if (!list.rules().isInForce(clock.instant())) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "this watchlist has expired and matches nobody");
        }
        return memberships.members(id);
    }

    @Override
    public Optional<Float> threshold(WatchlistId id) {
        return Optional.ofNullable(lists.get(id)).flatMap(list -> list.rules().threshold());
    }

    @Override
    public List<WatchlistRef> matches(Sighting sighting) {
        Set<WatchlistId> candidates = memberships.of(sighting.person());
        if (candidates.isEmpty()) {
            return List.of();
        }
        Optional<Float> camera = cameraThreshold.apply(sighting.camera());
        return candidates.stream()
                .flatMap(id -> Optional.ofNullable(lists.get(id)).stream())
                .filter(list ->
                        list.rules().looksAt(sighting.camera(), sighting.site(), sighting.at()))
                .filter(list ->
                        sighting.confidence()
                                >= camera.or(() -> list.rules().threshold()).orElse(0f))
                .sorted(Comparator.comparing(Watchlist::id))
                .map(Watchlist::ref)
                .toList();
    }

    @Override
    public List<WatchlistRef> named(Collection<WatchlistId> wanted) {
        return wanted.stream()
                .flatMap(id -> Optional.ofNullable(lists.get(id)).stream())
                .map(Watchlist::ref)
                .toList();
    }

    private Watchlist changeable(WatchlistId id, SiteScope scope) {
        Watchlist list = get(id, scope).orElseThrow(Watchlists::noList);
        requireWithin(list.rules(), scope);
        return list;
    }

    private static void requireWithin(WatchlistRules rules, SiteScope scope) {
        if (!rules.isWithin(scope)) {
            throw new FacetException(
                    ErrorCode.PERMISSION_DENIED,
                    "this key reaches some sites only and may change watchlists of just these");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static FacetException noList() {
        return new FacetException(ErrorCode.NOT_FOUND, "there is no such watchlist");
    }

    private static FacetException nameTaken() {
        return new FacetException(
                ErrorCode.ALREADY_EXISTS, "another watchlist has this name; choose another");
    }
}
