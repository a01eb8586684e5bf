package io.facet.hub.people;

import io.facet.model.FaceId;
import io.facet.model.PersonId;
import io.facet.model.Quality;
import java.time.Instant;
import java.util.Map;

/**
 * One enrolled face, as it may be shown: its templates stay inside.
 *
 * @param name the person's present name
 * @param metadata what was given with this face
 * @param quality measured at enrolment
 */
public record Face(
        FaceId id,
        PersonId person,
        String name,
        Map<String, String> metadata,
        Quality quality,
        Instant addedAt) {
    public Face {
        metadata = Map.copyOf(metadata);
    }
}
