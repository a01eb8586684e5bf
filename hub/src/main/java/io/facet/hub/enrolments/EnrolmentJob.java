package io.facet.hub.enrolments;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A job and how far it is.
 *
 * @param by the principal's id
 * @param total pictures, once counted
 * @param failure why the whole job failed
 */
public record EnrolmentJob(
        UUID id,
        State state,
        String by,
        Instant startedAt,
        Optional<Instant> endedAt,
        OptionalInt total,
        int enrolled,
        int refused,
        Optional<String> failure) {
    /** States of a job; all but the first are final. */
    public enum State {
        RUNNING,
        FINISHED,
        CANCELLED,
        /** The file as a whole cannot be read. */
        FAILED,
        /** The hub stopped before it was done; what was enrolled until then stays. */
        INTERRUPTED;

        /** snake_case. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
