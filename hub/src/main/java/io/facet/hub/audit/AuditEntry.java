package io.facet.hub.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * One thing somebody did or tried. Ids only: no name, no picture, no address.
 *
 * @param request ties what was begun to how it ended
 * @param actor a key's prefix, a user's or a box's id; {@code anonymous}; {@code hub}
 * @param role of the actor, or empty
 * @param action the call, with its variables unfilled
 * @param subjects ids of what it is about
 * @param outcome {@code begun}, {@code done}, {@code read}, or the code of the refusal
 */
public record AuditEntry(
        UUID request,
        Instant at,
        String actor,
        String role,
        String action,
        List<String> subjects,
        String outcome) {
    /** Entries of a change that is about to be made. */
    public static final String BEGUN = "begun";

    /** Of a change that was made. */
    public static final String DONE = "done";

    /** Of a read. */
    public static final String READ = "read";

    /** Cuts the time to what the store keeps. */
    public AuditEntry {
        at = at.truncatedTo(ChronoUnit.MICROS);
        subjects = List.copyOf(subjects);
    }

    /** How the same thing ended. */
    public AuditEntry ended(Instant when, List<String> about, String how) {
        return new AuditEntry(request, when, actor, role, action, about, how);
    }
}
