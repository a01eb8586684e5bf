package io.facet.hub.people;

import io.facet.model.FaceId;
import io.facet.model.Jpeg;
import io.facet.model.Person;
import io.facet.model.PersonId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * People and their faces. Every change that returned is stored, searchable (or no longer so), on
 * its way to the edge boxes, and told to the {@link io.facet.hub.events.HubFeed}.
 *
 * <p>Thread-safe. Errors are {@link io.facet.error.FacetException}: {@code IMAGE_UNREADABLE},
 * {@code IMAGE_TOO_LARGE}, {@code NOT_FOUND}, {@code ALREADY_EXISTS} (an external id twice), {@code
 * UNAVAILABLE}.
 */
public interface PeopleService {
    /** The most rows of one page. */
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
    Face updateFaceMetadata(FaceId id, Map<String, String> metadata);

    /** The enrolled face as it looked, cut out with a margin. */
    Optional<Jpeg> picture(FaceId id);

    /** Deletes a face; its person stays. Empty when there was no such face. */
    Optional<Face> deleteFace(FaceId id);

    /** People in the order they were added. */
    PersonPage people(long offset, int limit);

    Optional<Person> person(PersonId id);

    /** Present names; people who are not there are left out. */
    Map<PersonId, String> names(Collection<PersonId> ids);

    /** Changes name, external id or metadata. */
    Person update(PersonId id, PersonChange change);

    /**
     * Erases a person: faces, pictures and profile go, and with the person's data key every copy of
     * them becomes unreadable. The faces erased; empty when there was no such person.
     */
    Optional<List<Face>> erase(PersonId id);
}
