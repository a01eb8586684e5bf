package io.facet.hub.people;

import io.facet.model.Embedding;
import io.facet.model.FaceId;
import io.facet.model.Jpeg;
import io.facet.model.Person;
import io.facet.model.PersonId;
import io.facet.model.Quality;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * People and faces at rest. Each call is one transaction; a change has a gallery revision and is on
 * disk when the call returns. Thread-safe.
 */
public interface PeopleStore {
    /** A face to store. */
    record NewFace(
            FaceId id,
            PersonId person,
            Embedding template,
            Quality quality,
            Map<String, String> metadata,
            Jpeg picture,
            Instant addedAt) {}

    /**
     * Stores a face, with its person when that is new; the gallery revision.
     *
     * @throws io.facet.error.FacetException {@code ALREADY_EXISTS} when the new person's external
     *     id is another's, {@code NOT_FOUND} when the person to add to is gone
     */
    long add(NewFace face, Optional<Person> newPerson);

    List<Face> page(long offset, int limit);

    /** Faces whose id is greater, in the order of ids. */
    List<Face> pageAfter(Optional<FaceId> after, int limit);

    long countFaces();

    Optional<Face> face(FaceId id);

    List<Face> facesOf(PersonId id);

    boolean updateMetadata(FaceId id, Map<String, String> metadata);

    Optional<Jpeg> picture(FaceId id);

    Optional<Removed> remove(FaceId id);

    List<PersonPage.Entry> people(long offset, int limit);

    List<PersonPage.Entry> peopleAfter(PersonId last, int limit);

    /** People by id, in the order of their ids. */
    List<PersonPage.Entry> entries(Collection<PersonId> ids);

    /** Visits everybody's name; holds only a few in memory at a time. */
    void eachName(BiConsumer<PersonId, String> visitor);

    /**
     * Stores somebody without a face.
     *
     * @throws io.facet.error.FacetException {@code ALREADY_EXISTS} when the external id is taken
     */
    void create(Person person);

    long countPeople();

    Optional<Person> person(PersonId id);

    Optional<PersonId> byExternalId(String externalId);

    Map<PersonId, String> names(Collection<PersonId> ids);

    /**
     * Replaces name, external id and metadata; the gallery revision. Empty when there is no such
     * person.
     */
    Optional<Long> update(Person changed);

    Optional<Removed> erase(PersonId id, Instant at);

    /** What a removal took away, and its gallery revision. */
    record Removed(List<Face> faces, long revision) {}
}
