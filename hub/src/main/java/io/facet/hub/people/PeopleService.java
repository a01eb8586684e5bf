package io.facet.hub.people;

import io.facet.model.FaceId;
import io.facet.model.Jpeg;
import io.facet.model.Person;
import io.facet.model.PersonId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * People and their faces. Every change that returned is stored, searchable (or no longer so), on
 * its way to the edge boxes, and told to the {@link io.facet.hub.events.HubFeed}.
 *
 * <p>Thread-safe. Errors are {@link io.facet.error.FacetException}: {@code IMAGE_UNREADABLE},
 * {@code IMAGE_TOO_LARGE}, {@code NOT_FOUND}, {@code ALREADY_EXISTS} (an external id twice), {@code
 * UNAVAILABLE}.
 */
public interface PeopleService {
    /** The most rows of one page; one more may be asked for, to see whether there is a next. */
    int MAX_PAGE = 1000;

    /** Measures, judges and stores a face. */
    EnrolOutcome enrol(Enrolment enrolment);

    /**
     * The same under an id chosen before, so that a caller who never heard the answer can look
     * whether the face is there.
     *
     * @param id never used before
     */
    EnrolOutcome enrol(Enrolment enrolment, FaceId id);

    /**
     * Faces in the order of their ids, which is that of their creation. Unlike with an offset, none
     * is left out or comes twice when others are added or deleted between two pages.
     *
     * @param after the last face of the page before; need not exist any more
     * @param limit 1 to {@link #MAX_PAGE}
     */
    List<Face> facesAfter(Optional<FaceId> after, int limit);

    long countFaces();

    /**
     * Faces in the order they were added.
     *
     * @param limit 1 to {@link #MAX_PAGE}
     */
    FacePage faces(long offset, int limit);

    Optional<Face> face(FaceId id);

    /** The faces of a person; empty when there is no such person. */
    List<Face> facesOf(PersonId id);

    /** Replaces what was given with a face. */
    default Face updateFaceMetadata(FaceId id, Map<String, String> metadata) {
        return updateFaceMetadata(id, metadata, _ -> {});
    }

    /** The same, if {@code check} does not throw at the present state. */
    Face updateFaceMetadata(FaceId id, Map<String, String> metadata, Consumer<Face> check);

    /** The enrolled face as it looked, cut out with a margin. */
    Optional<Jpeg> picture(FaceId id);

    /** Deletes a face; its person stays. Empty when there was no such face. */
    Optional<Face> deleteFace(FaceId id);

    /** People in the order they were added. */
    PersonPage people(long offset, int limit);

    /** The same after a person. */
    PersonPage peopleAfter(PersonId last, int limit);

    /**
     * People whose name holds every word of a text, whatever case and accents, in the order they
     * were added. Names are ciphertext in the store, so they are searched in memory.
     *
     * @param after only those after this person
     */
    PersonPage search(String words, Optional<PersonId> after, long offset, int limit);

    /** Who has this id in the user's own system; found by a keyed digest. */
    Optional<Person> byExternalId(String externalId);

    /** People by id with their number of faces, in the order of their ids. */
    List<PersonPage.Entry> entries(Collection<PersonId> ids);

    /**
     * Somebody without a face yet.
     *
     * @throws io.facet.error.FacetException {@code ALREADY_EXISTS} when the external id is taken
     */
    Person create(String name, Optional<String> externalId, Map<String, String> metadata);

    Optional<Person> person(PersonId id);

    /** Present names; people who are not there are left out. */
    Map<PersonId, String> names(Collection<PersonId> ids);

    /** Changes name, external id or metadata. */
    default Person update(PersonId id, PersonChange change) {
        return update(id, change, _ -> {});
    }

    /**
     * The same, if the present state is the one that is meant to be changed.
     *
     * @param check sees the person while nobody else changes them, and throws to keep them
     */
    Person update(PersonId id, PersonChange change, Consumer<Person> check);

    /**
     * Erases a person: faces, pictures and profile go, and with the person's data key every copy of
     * them becomes unreadable. The faces erased; empty when there was no such person.
     */
    Optional<List<Face>> erase(PersonId id);
}
