package io.facet.hub.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which events a viewer wants. Until the first {@code subscribe}: all.
 *
 * @param wanted names; empty means all
 * @param unwanted names left out of all
 * @param camera only events of this camera, or of none
 * @param person only events of this person, or of none
 */
record Subscription(
        Optional<Set<String>> wanted,
        Set<String> unwanted,
        Optional<String> camera,
        Optional<String> person) {
    static final Subscription ALL =
            new Subscription(Optional.empty(), Set.of(), Optional.empty(), Optional.empty());

    Subscription {
        wanted = wanted.map(Set::copyOf);
        unwanted = Set.copyOf(unwanted);
    }

    /** These as well; filters are replaced. */
    Subscription with(
            Set<String> events, Optional<String> onlyCamera, Optional<String> onlyPerson) {
        Set<String> all = new HashSet<>(wanted.orElse(Set.of()));
        all.addAll(events);
        return new Subscription(Optional.of(all), Set.of(), onlyCamera, onlyPerson);
    }

    /** These no longer. */
    Subscription without(Set<String> events) {
        if (wanted.isPresent()) {
            Set<String> rest = new HashSet<>(wanted.get());
            rest.removeAll(events);
            return new Subscription(Optional.of(rest), Set.of(), camera, person);
        }
        Set<String> left = new HashSet<>(unwanted);
        left.addAll(events);
        return new Subscription(wanted, left, camera, person);
    }

    boolean wants(String event, ObjectNode data) {
        boolean named =
                wanted.map(names -> names.contains(event)).orElse(!unwanted.contains(event));
        return named
                && matches(camera, data.path("camera_id").asText())
                && matches(person, data.path("person_id").asText());
    }

    private static boolean matches(Optional<String> only, String value) {
        return value.isEmpty() || only.isEmpty() || only.get().equals(value);
    }
}
