package io.facet.hub.alerts;

import io.facet.model.SiteScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Alerts at rest. Thread-safe. */
public interface AlertStore {
    /** Pending and firing alerts. */
    List<Alert> open();

    /**
     * Keeps an alert as it now is.
     *
     * @param mail whether a mail about it is due from now on
     */
    void save(Alert alert, boolean mail);

    /** Forgets an alert that never fired. */
    void remove(UUID id);

    /** Newest first. */
    List<Alert> list(Filter filter, Slice slice);

    long count(Filter filter);

    Optional<Alert> find(UUID id);

    /** Notes who has seen it; false when there is none. */
    boolean acknowledge(UUID id, Alert.Acknowledgement seen);

    /** Until when alerts stay silent, by rule and subject; past ones are left out. */
    Map<Alert.Key, Instant> silences(Instant now);

    void silence(AlertKind kind, String subject, Instant until, String by);

    void unsilence(AlertKind kind, String subject);

    /** Forgets alerts resolved before. */
    void forget(Instant resolvedBefore);

    /** Mails whose time has come, oldest first. */
    List<Mail> mailDue(Instant now, int limit);

    void mailSent(UUID alert);

    /**
     * Notes a failed attempt.
     *
     * @param next when to try again; empty gives the mail up
     */
    void mailFailed(UUID alert, Optional<Instant> next);

    /** A mail to send, and how often that failed. */
    record Mail(Alert alert, int attempts) {}

    /**
     * Which alerts.
     *
     * @param state empty means any
     * @param sites alerts of these, and those of the hub itself
     */
    record Filter(Optional<Alert.State> state, Optional<AlertKind> kind, SiteScope sites) {}

    /**
     * Which part of a list.
     *
     * @param after the last alert seen before
     */
    record Slice(Optional<Place> after, long offset, int limit) {}

    /** Where an alert stands in the order of lists. */
    record Place(Instant startedAt, UUID id) {
        public static Place of(Alert alert) {
            return new Place(alert.startedAt(), alert.id());
        }
    }
}
