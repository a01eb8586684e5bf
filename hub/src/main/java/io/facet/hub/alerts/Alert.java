package io.facet.hub.alerts;

import io.facet.model.SiteId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Something is, or was, wrong.
 *
 * <pre>
 * well --wrong--> PENDING --long enough--> FIRING --well for long enough--> RESOLVED
 *   ^---well--------'                        ^--wrong again--'
 * </pre>
 *
 * @param value when the state was entered
 * @param startedAt when it went wrong
 * @param firedAt empty while pending
 * @param wellSince since when a firing alert's value is well again
 * @param notified whether somebody was told
 */
public record Alert(
        UUID id,
        AlertKind kind,
        String subject,
        String summary,
        Optional<SiteId> site,
        Severity severity,
        State state,
        double value,
        double threshold,
        Instant startedAt,
        Optional<Instant> firedAt,
        Optional<Instant> wellSince,
        Optional<Instant> resolvedAt,
        Optional<Acknowledgement> acknowledgement,
        boolean notified) {
    /** States of an alert. */
    public enum State {
        PENDING,
        FIRING,
        RESOLVED;

        /** snake_case. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Somebody has seen it. */
    public record Acknowledgement(String by, Instant at) {}

    /** What identifies an alert while it is open. */
    public record Key(AlertKind kind, String subject) {}

    Key key() {
        return new Key(kind, subject);
    }

    static Alert pending(UUID id, Rule rule, Reading reading, Instant now) {
        return new Alert(
                id,
                rule.kind(),
                reading.subject(),
                reading.summary(),
                reading.site(),
                rule.severity(),
                State.PENDING,
                reading.value(),
                rule.threshold(),
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    Alert firing(Reading reading, Rule rule, Instant now) {
        return new Alert(
                id,
                kind,
                subject,
                reading.summary(),
                reading.site(),
                rule.severity(),
                State.FIRING,
                reading.value(),
                rule.threshold(),
                startedAt,
                Optional.of(now),
                Optional.empty(),
                Optional.empty(),
                acknowledgement,
                false);
    }

    Alert wellSince(Optional<Instant> since) {
        return with(state, value, since, resolvedAt, acknowledgement, notified);
    }

    Alert resolved(double now, Instant at) {
        return with(State.RESOLVED, now, wellSince, Optional.of(at), acknowledgement, notified);
    }

    Alert acknowledged(Acknowledgement seen) {
        return with(state, value, wellSince, resolvedAt, Optional.of(seen), notified);
    }

    Alert told() {
        return with(state, value, wellSince, resolvedAt, acknowledgement, true);
    }

    private Alert with(
            State newState,
            double newValue,
            Optional<Instant> well,
            Optional<Instant> resolved,
            Optional<Acknowledgement> seen,
            boolean told) {
        return new Alert(
                id, kind, subject, summary, site, severity, newState, newValue, threshold,
                startedAt, firedAt, well, resolved, seen, told);
    }
}
