package io.facet.hub.people;

import io.facet.error.ErrorCode;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import io.facet.model.Quality;
import java.util.Optional;

/** What became of an enrolment. */
public sealed interface EnrolOutcome {
    /** Stored, and found by every search from now on. */
    record Enrolled(Face face, boolean newPerson) implements EnrolOutcome {}

    /**
     * The picture will not do.
     *
     * @param code {@code NO_FACE}, {@code SEVERAL_FACES}, {@code QUALITY_TOO_LOW}
     * @param reason what to do about it
     * @param quality of the face, where one was measured; {@link Quality#failures} says what failed
     */
    record Refused(ErrorCode code, String reason, Optional<Quality> quality)
            implements EnrolOutcome {}

    /**
     * The face is enrolled already; nothing was stored.
     *
     * @param confidence calibrated, 0 to 1
     */
    record Duplicate(FaceId face, PersonId person, String name, float confidence, float similarity)
            implements EnrolOutcome {}
}
