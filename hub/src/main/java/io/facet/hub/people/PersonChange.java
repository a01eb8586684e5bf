package io.facet.hub.people;

import java.util.Map;
import java.util.Optional;

/** What to change about a person; empty keeps what is there. */
public record PersonChange(
        Optional<String> name,
        Optional<String> externalId,
        Optional<Map<String, String>> metadata) {
    /** Another name. */
    public static PersonChange rename(String name) {
        return new PersonChange(Optional.of(name), Optional.empty(), Optional.empty());
    }
}
