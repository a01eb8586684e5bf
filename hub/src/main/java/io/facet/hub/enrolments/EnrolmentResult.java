package io.facet.hub.enrolments;

import io.facet.model.FaceId;
import io.facet.model.PersonId;
import java.util.Optional;

/**
 * What became of one picture.
 *
 * @param number from 1 on, in the order of the source
 * @param outcome {@code enrolled} or the code of the refusal
 * @param detail why, and what to do; empty when enrolled
 */
public record EnrolmentResult(
        int number,
        String file,
        String outcome,
        String detail,
        Optional<FaceId> face,
        Optional<PersonId> person) {
    /** Whether the picture is enrolled. */
    public boolean isEnrolled() {
        return outcome.equals("enrolled");
    }
}
