package io.facet.hub.watchlists;

import io.facet.model.PersonId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Who is on which list, in memory. Erased people may linger: nobody is recognised as them. */
final class Memberships {
    private final Map<PersonId, Set<WatchlistId>> lists = new ConcurrentHashMap<>();

    Memberships(Map<PersonId, Set<WatchlistId>> stored) {
        stored.forEach((person, of) -> lists.put(person, Set.copyOf(of)));
    }

    Set<WatchlistId> of(PersonId person) {
        return lists.getOrDefault(person, Set.of());
    }

    Set<PersonId> members(WatchlistId id) {
        return lists.entrySet().stream()
                .filter(e -> e.getValue().contains(id))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    void join(WatchlistId id, Collection<PersonId> people) {
        people.forEach(person -> lists.merge(person, Set.of(id), Memberships::union));
    }

    void leave(WatchlistId id, PersonId person) {
        lists.computeIfPresent(
                person,
                (_, all) -> {
                    Set<WatchlistId> rest = new HashSet<>(all);
                    rest.remove(id);
                    return rest.isEmpty() ? null : Set.copyOf(rest);
                });
    }

    void end(WatchlistId id) {
        members(id).forEach(person -> leave(id, person));
    }

    private static Set<WatchlistId> union(Set<WatchlistId> some, Set<WatchlistId> others) {
        Set<WatchlistId> both = new HashSet<>(some);
        both.addAll(others);
        return Set.copyOf(both);
    }
}
