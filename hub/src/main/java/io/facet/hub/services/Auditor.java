package io.facet.hub.services;

import io.facet.hub.audit.AuditEntry;
import io.facet.hub.audit.AuditTrail;
import io.facet.hub.security.Principal;
import io.facet.hub.security.Role;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What adapters write the audit log with. Thread-safe.
 *
 * @param trail the log
 */
public record Auditor(AuditTrail trail, InstantSource clock) {
    /** That of a hub. */
    public static Auditor of(HubServices hub) {
        return new Auditor(hub.safeguards().audit(), hub.clock());
    }

    /**
     * An entry of this moment.
     *
     * @param who empty for somebody without a credential
     * @param action the call, with its variables unfilled
     */
    public AuditEntry entry(
            Optional<Principal> who, String action, List<String> subjects, String outcome) {
        return new AuditEntry(
                UUID.randomUUID(),
                clock.instant(),
                who.map(Principal::id).orElse("anonymous"),
                who.map(Auditor::roles).orElse(""),
                action,
                subjects,
                outcome);
    }

    private static String roles(Principal who) {
        return who.roles().stream().map(Role::wireName).sorted().collect(Collectors.joining(","));
    }

    /**
     * Writes down what somebody saw or was refused; refusals not every time when there are very
     * many.
     *
     * @throws io.facet.error.FacetException {@code UNAVAILABLE}: nothing must be shown
     */
    public void note(Principal who, String action, List<String> subjects, String outcome) {
        AuditEntry entry = entry(Optional.of(who), action, subjects, outcome);
        if (outcome.equals(AuditEntry.READ)) {
            trail.note(entry);
        } else {
            trail.refused(entry);
        }
    }

    /** How what was begun ended. */
    public AuditEntry ended(AuditEntry begun, List<String> subjects, String outcome) {
        return begun.ended(clock.instant(), subjects, outcome);
    }
}
