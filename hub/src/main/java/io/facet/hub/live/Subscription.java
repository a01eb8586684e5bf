package io.facet.hub.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which events a viewer wants. Until the first {@code subscribe}: all.
 *
 * <p>{@link #rooms} is where a viewer waits and {@link #roomsOf} where an event is called out, so
 * that an event only looks at viewers who may want it; {@link #wants} then decides.
 *
 * <pre>
 * NAME             events of a name, no filter      *   in place of NAME: all names
 * NAME@ID          of one camera; of one person when no camera is asked for; of one watchlist
 *                  when neither is
 * NAME@            of no camera or no person: a filter lets those through
 * NAME@@           of a kind without watchlists, likewise
 * </pre>
 *
 * @param wanted names; empty means all
 * @param unwanted names left out of all
 * @param only what the events are to be of
 */
record Subscription(Optional<Set<String>> wanted, Set<String> unwanted, Filter only) {
    static final Subscription ALL = new Subscription(Optional.empty(), Set.of(), Filter.NONE);

    private static final String EVERY = "*";
    private static final char OF = '@';
    private static final String NOTHING = "";
    private static final String WITHOUT_LISTS = "@";

    Subscription {
        wanted = wanted.map(Set::copyOf);
        unwanted = Set.copyOf(unwanted);
    }

    /**
     * Ids, joined by "and" where several kinds are given; empty means all of a kind.
     *
     * @param cameras only events of these cameras, or of none
     * @param persons only events of these people, or of none
     * @param watchlists only events that matched one of these, and kinds that match none ever
     */
    record Filter(Set<String> cameras, Set<String> persons, Set<String> watchlists) {
        static final Filter NONE = new Filter(Set.of(), Set.of(), Set.of());

        Filter {
            cameras = Set.copyOf(cameras);
            persons = Set.copyOf(persons);
            watchlists = Set.copyOf(watchlists);
        }

        boolean matches(ObjectNode data) {
            return matches(cameras, data.path("camera_id").asText())
                    && matches(persons, data.path("person_id").asText())
                    && (watchlists.isEmpty()
                            || !data.has("watchlists")
                            || watchlistsOf(data).anyMatch(watchlists::contains));
        }

        private static boolean matches(Set<String> only, String value) {
            return value.isEmpty() || only.isEmpty() || only.contains(value);
        }

        /** The first kind that is given. */
        Set<String> narrowest() {
            if (!cameras.isEmpty()) {
                return cameras;
            }
            return persons.isEmpty() ? watchlists : persons;
        }

        /** Where events wait that have nothing of that kind. */
        String none() {
            return cameras.isEmpty() && persons.isEmpty() ? WITHOUT_LISTS : NOTHING;
        }
    }

    /** These as well; filters are replaced. */
    Subscription with(Set<String> events, Filter filter) {
        Set<String> all = new HashSet<>(wanted.orElse(Set.of()));
        all.addAll(events);
        return new Subscription(Optional.of(all), Set.of(), filter);
    }

    /** These no longer. */
    Subscription without(Set<String> events) {
        if (wanted.isPresent()) {
            Set<String> rest = new HashSet<>(wanted.get());
            rest.removeAll(events);
            return new Subscription(Optional.of(rest), Set.of(), only);
        }
        Set<String> left = new HashSet<>(unwanted);
        left.addAll(events);
        return new Subscription(wanted, left, only);
    }

    boolean wants(String event, ObjectNode data) {
        boolean named =
                wanted.map(names -> names.contains(event)).orElse(!unwanted.contains(event));
        return named && only.matches(data);
    }

    private static Stream<String> watchlistsOf(ObjectNode data) {
        return data.path("watchlists")
                .valueStream()
                .map(list -> list.path("watchlist_id").asText());
    }

    /** Where a viewer with this subscription waits. */
    Set<String> rooms() {
        Set<String> rooms = new HashSet<>();
        Set<String> filter = only.narrowest();
        for (String name : wanted.orElse(Set.of(EVERY))) {
            if (filter.isEmpty()) {
                rooms.add(name);
            } else {
                rooms.add(name + OF + only.none());
                filter.forEach(id -> rooms.add(name + OF + id));
            }
        }
        return rooms;
    }

    /** Where whoever may want an event waits. */
    static Set<String> roomsOf(String event, ObjectNode data) {
        Set<String> rooms = new HashSet<>();
        String camera = data.path("camera_id").asText();
        String person = data.path("person_id").asText();
        Set<String> lists =
                data.has("watchlists")
                        ? watchlistsOf(data).collect(Collectors.toSet())
                        : Set.of(WITHOUT_LISTS);
        for (String name : new String[] {event, EVERY}) {
            rooms.add(name);
            rooms.add(name + OF + camera);
            rooms.add(name + OF + person);
            lists.forEach(list -> rooms.add(name + OF + list));
        }
        return rooms;
    }
}
