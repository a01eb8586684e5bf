package io.facet.hub.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which events a viewer wants. Until the first {@code subscribe}: all.
 *
 * <p>{@link #rooms} is where a viewer waits and {@link #roomsOf} where an event is called out, so
 * that an event only looks at viewers who may want it; {@link #wants} then decides.
 *
 * <pre>
 * NAME             events of a name, no filter      *   in place of NAME: all names
 * NAME@ID          of one camera, or of one person when no camera is asked for
 * NAME@            of no camera or no person: a filter lets those through
 * </pre>
 *
 * @param wanted names; empty means all
 * @param unwanted names left out of all
 * @param cameras only events of these cameras, or of none; empty means all
 * @param persons only events of these people, or of none; empty means all
 */
record Subscription(
        Optional<Set<String>> wanted,
        Set<String> unwanted,
        Set<String> cameras,
        Set<String> persons) {
    static final Subscription ALL =
            new Subscription(Optional.empty(), Set.of(), Set.of(), Set.of());

    private static final String EVERY = "*";
    private static final char OF = '@';

    Subscription {
        wanted = wanted.map(Set::copyOf);
        unwanted = Set.copyOf(unwanted);
        cameras = Set.copyOf(cameras);
        persons = Set.copyOf(persons);
    }

    /** These as well; filters are replaced. */
    Subscription with(Set<String> events, Set<String> onlyCameras, Set<String> onlyPersons) {
        Set<String> all = new HashSet<>(wanted.orElse(Set.of()));
        all.addAll(events);
        return new Subscription(Optional.of(all), Set.of(), onlyCameras, onlyPersons);
    }

    /** These no longer. */
    Subscription without(Set<String> events) {
        if (wanted.isPresent()) {
            Set<String> rest = new HashSet<>(wanted.get());
            rest.removeAll(events);
            return new Subscription(Optional.of(rest), Set.of(), cameras, persons);
        }
        Set<String> left = new HashSet<>(unwanted);
        left.addAll(events);
        return new Subscription(wanted, left, cameras, persons);
    }

    boolean wants(String event, ObjectNode data) {
        boolean named =
                wanted.map(names -> names.contains(event)).orElse(!unwanted.contains(event));
        return named
                && matches(cameras, data.path("camera_id").asText())
                && matches(persons, data.path("person_id").asText());
    }

    private static boolean matches(Set<String> only, String value) {
        return value.isEmpty() || only.isEmpty() || only.contains(value);
    }

    /** Where a viewer with this subscription waits. */
    Set<String> rooms() {
        Set<String> rooms = new HashSet<>();
        Set<String> filter = cameras.isEmpty() ? persons : cameras;
        for (String name : wanted.orElse(Set.of(EVERY))) {
            if (filter.isEmpty()) {
                rooms.add(name);
            } else {
                rooms.add(name + OF);
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
        for (String name : new String[] {event, EVERY}) {
            rooms.add(name);
            rooms.add(name + OF + camera);
            rooms.add(name + OF + person);
        }
        return rooms;
    }
}
