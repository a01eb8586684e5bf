package io.facet.hub.people;

import io.facet.model.Person;
import java.util.Map;
import java.util.Optional;

/**
 * What to change about a person; empty keeps what is there.
 *
 * @param withoutExternalId whether the external id is taken away
 */
public record PersonChange(
        Optional<String> name,
        Optional<String> externalId,
        Optional<Map<String, String>> metadata,
        boolean withoutExternalId) {
    public PersonChange {
        name.ifPresent(Person::checkName);
        if (externalId.filter(id -> id.isBlank() || id.length() > 200).isPresent()) {
            throw new IllegalArgumentException("an external_id has 1 to 200 characters");
        }
    }

    public PersonChange(
            Optional<String> name,
            Optional<String> externalId,
            Optional<Map<String, String>> metadata) {
        this(name, externalId, metadata, false);
    }

    /** Another name. */
    public static PersonChange rename(String name) {
        return new PersonChange(Optional.of(name), Optional.empty(), Optional.empty());
    }
}
