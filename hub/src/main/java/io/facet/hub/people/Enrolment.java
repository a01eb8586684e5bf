package io.facet.hub.people;

import io.facet.model.Person;
import io.facet.model.PersonId;
import java.util.Map;
import java.util.Optional;

/**
 * A wish to enrol a face.
 *
 * @param image JPEG, PNG, WebP or BMP with one main face
 * @param name the person's name, 1 to 200 characters
 * @param person the person the face belongs to, when they are known already
 * @param externalId the person's id in the user's own system, at most 200 characters
 * @param metadata kept with the face, at most 64 entries
 */
@SuppressWarnings("ArrayRecordComponent") // a request on its way in, never compared
public record Enrolment(
        byte[] image,
        String name,
        Optional<PersonId> person,
        Optional<String> externalId,
        Map<String, String> metadata,
        OnDuplicate onDuplicate) {
    public Enrolment {
        Person.checkName(name);
        metadata = Map.copyOf(metadata);
        if (metadata.size() > 64) {
            throw new IllegalArgumentException("metadata holds at most 64 entries");
        }
        if (externalId.filter(id -> id.isBlank() || id.length() > 200).isPresent()) {
            throw new IllegalArgumentException("an external_id has 1 to 200 characters");
        }
    }

    /** A name and a picture; duplicates are linked. */
    public static Enrolment of(String name, byte[] image) {
        return new Enrolment(
                image, name, Optional.empty(), Optional.empty(), Map.of(), OnDuplicate.LINK);
    }
}
