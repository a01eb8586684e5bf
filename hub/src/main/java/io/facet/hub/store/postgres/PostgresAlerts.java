package io.facet.hub.store.postgres;

import io.facet.hub.alerts.Alert;
import io.facet.hub.alerts.AlertKind;
import io.facet.hub.alerts.AlertStore;
import io.facet.hub.alerts.Severity;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Alerts in PostgreSQL. Thread-safe. */
public final class PostgresAlerts implements AlertStore {
    private static final String SAVE =
            """
            INSERT INTO alerts (alert_id, rule, subject, summary, site_id, severity, state, value,
                threshold, started_at, fired_at, well_since, resolved_at, acknowledged_at,
                acknowledged_by, notified, mail_next_at)
            VALUES (:id, :rule, :subject, :summary, :site, :severity, :state, :value, :threshold,
                :started, :fired, :well, :resolved, :seen_at, :seen_by, :notified,
                CASE WHEN :mail THEN :mail_at END)
            ON CONFLICT (alert_id) DO UPDATE SET summary = excluded.summary,
                site_id = excluded.site_id, severity = excluded.severity, state = excluded.state,
                value = excluded.value, threshold = excluded.threshold,
                fired_at = excluded.fired_at, well_since = excluded.well_since,
                resolved_at = excluded.resolved_at, notified = excluded.notified,
                mail_next_at = coalesce(excluded.mail_next_at, alerts.mail_next_at),
                mail_attempts = CASE WHEN :mail THEN 0 ELSE alerts.mail_attempts END
            """;

    private static final String MATCHING =
            " WHERE (:state::text IS NULL OR state = :state)"
                    + " AND (:rule::text IS NULL OR rule = :rule)"
                    + " AND (:everywhere OR site_id IS NULL OR site_id = ANY(:sites))";

    private final Database database;

    public PostgresAlerts(Database database) {
        this.database = database;
    }

    @Override
    public List<Alert> open() {
        return database.transaction(handle ->
                handle.createQuery("SELECT * FROM alerts WHERE state <> 'resolved'")
                        .map((row, _) -> alert(row))
                        .list());
    }

    @Override
    public void save(Alert a, boolean mail) {
        database.transaction(handle -> {
            var update =
                    handle.createUpdate(SAVE)
                            .bind("id", a.id())
                            .bind("rule", a.kind().wireName())
                            .bind("subject", a.subject())
                            .bind("summary", a.summary())
                            .bindByType(
                                    "site", a.site().map(SiteId::value).orElse(null), String.class)
                            .bind("severity", a.severity().wireName())
                            .bind("state", a.state().wireName())
                            .bind("value", a.value())
                            .bind("threshold", a.threshold())
                            .bind("started", Rows.at(a.startedAt()))
                            .bindByType(
                                    "seen_by",
                                    a.acknowledgement().map(Alert.Acknowledgement::by).orElse(null),
                                    String.class)
                            .bind("notified", a.notified())
                            .bind("mail", mail);
            time(
                    update,
                    "mail_at",
                    a.resolvedAt().or(a::firedAt).or(() -> Optional.of(a.startedAt())));
            time(update, "fired", a.firedAt());
            time(update, "well", a.wellSince());
            time(update, "resolved", a.resolvedAt());
            time(update, "seen_at", a.acknowledgement().map(Alert.Acknowledgement::at));
            return update.execute();
        });
    }

    private static void time(SqlStatement<?> statement, String name, Optional<Instant> at) {
        statement.bindByType(name, at.map(Rows::at).orElse(null), OffsetDateTime.class);
    }

    @Override
    public void remove(UUID id) {
        database.transaction(handle ->
                handle.createUpdate("DELETE FROM alerts WHERE alert_id = :id")
                        .bind("id", id)
                        .execute());
    }

    @Override
    public List<Alert> list(Filter filter, Slice slice) {
        String page =
                " AND (:after::uuid IS NULL OR (started_at, alert_id) < (:started, :after))"
                        + " ORDER BY started_at DESC, alert_id DESC LIMIT :limit OFFSET :offset";
        return database.transaction(handle ->
                matching(handle.createQuery("SELECT * FROM alerts" + MATCHING + page), filter)
                        .bindByType("after", slice.after().map(Place::id).orElse(null), UUID.class)
                        .bindByType(
                                "started",
                                slice.after().map(Place::startedAt).map(Rows::at).orElse(null),
                                OffsetDateTime.class)
                        .bind("limit", slice.limit())
                        .bind("offset", slice.offset())
                        .map((row, _) -> alert(row))
                        .list());
    }

    @Override
    public long count(Filter filter) {
        return database.transaction(handle ->
                matching(handle.createQuery("SELECT count(*) FROM alerts" + MATCHING), filter)
                        .mapTo(Long.class)
                        .one());
    }

    private static Query matching(Query query, Filter filter) {
        List<String> sites =
                switch (filter.sites()) {
                    case SiteScope.All _ -> List.of();
                    case SiteScope.Only only -> only.sites().stream().map(SiteId::value).toList();
                };
        return query.bindByType(
                        "state",
                        filter.state().map(Alert.State::wireName).orElse(null),
                        String.class)
                .bindByType(
                        "rule", filter.kind().map(AlertKind::wireName).orElse(null), String.class)
                .bind("everywhere", filter.sites() instanceof SiteScope.All)
                .bindArray("sites", String.class, sites);
    }

    @Override
    public Optional<Alert> find(UUID id) {
        return database.transaction(handle ->
                handle.createQuery("SELECT * FROM alerts WHERE alert_id = :id")
                        .bind("id", id)
                        .map((row, _) -> alert(row))
                        .findOne());
    }

    @Override
    public boolean acknowledge(UUID id, Alert.Acknowledgement seen) {
        return database.transaction(handle ->
                handle.createUpdate(
                                        "UPDATE alerts SET acknowledged_at = :at,"
                                                + " acknowledged_by = :by WHERE alert_id = :id")
                                .bind("at", Rows.at(seen.at()))
                                .bind("by", seen.by())
                                .bind("id", id)
                                .execute()
                        == 1);
    }

    @Override
    public Map<Alert.Key, Instant> silences(Instant now) {
        Map<Alert.Key, Instant> silences = new HashMap<>();
        database.transaction(handle ->
                        handle.createQuery(
                                        "SELECT rule, subject, until_at FROM alert_silences WHERE"
                                                + " until_at > :now")
                                .bind("now", Rows.at(now))
                                .map((row, _) ->
                                        Map.entry(
                                                new Alert.Key(
                                                        AlertKind.of(Rows.text(row, "rule")),
                                                        Rows.text(row, "subject")),
                                                Rows.instant(row, "until_at")))
                                .list())
                .forEach(entry -> silences.put(entry.getKey(), entry.getValue()));
        return silences;
    }

    @Override
    public void silence(AlertKind kind, String subject, Instant until, String by) {
        database.transaction(handle ->
                handle.createUpdate(
                                "INSERT INTO alert_silences (rule, subject, until_at, silenced_by)"
                                        + " VALUES (:rule, :subject, :until, :by) ON CONFLICT"
                                        + " (rule, subject) DO UPDATE SET until_at = :until,"
                                        + " silenced_by = :by")
                        .bind("rule", kind.wireName())
                        .bind("subject", subject)
                        .bind("until", Rows.at(until))
                        .bind("by", by)
                        .execute());
    }

    @Override
    public void unsilence(AlertKind kind, String subject) {
        database.transaction(handle ->
                handle.createUpdate(
                                "DELETE FROM alert_silences WHERE rule = :rule AND subject ="
                                        + " :subject")
                        .bind("rule", kind.wireName())
                        .bind("subject", subject)
                        .execute());
    }

    @Override
    public void forget(Instant resolvedBefore) {
        database.transaction(handle ->
                handle.createUpdate(
                                "DELETE FROM alerts WHERE state = 'resolved' AND resolved_at <"
                                        + " :at")
                        .bind("at", Rows.at(resolvedBefore))
                        .execute());
    }

    @Override
    public List<Mail> mailDue(Instant now, int limit) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT * FROM alerts WHERE mail_next_at <= :now ORDER BY"
                                        + " mail_next_at LIMIT :limit")
                        .bind("now", Rows.at(now))
                        .bind("limit", limit)
                        .map((row, _) -> new Mail(alert(row), row.getInt("mail_attempts")))
                        .list());
    }

    @Override
    public void mailSent(UUID alert) {
        mailFailed(alert, Optional.empty());
    }

    @Override
    public void mailFailed(UUID alert, Optional<Instant> next) {
        database.transaction(handle -> {
            var update =
                    handle.createUpdate(
                                    "UPDATE alerts SET mail_next_at = :next, mail_attempts ="
                                            + " mail_attempts + 1 WHERE alert_id = :id")
                            .bind("id", alert);
            time(update, "next", next);
            return update.execute();
        });
    }

    private static Alert alert(ResultSet row) throws SQLException {
        @Nullable String seenBy = row.getString("acknowledged_by");
        Optional<Instant> seenAt = Rows.maybeInstant(row, "acknowledged_at");
        return new Alert(
                Rows.uuid(row, "alert_id"),
                AlertKind.of(Rows.text(row, "rule")),
                Rows.text(row, "subject"),
                Rows.text(row, "summary"),
                Optional.ofNullable(row.getString("site_id")).map(SiteId::new),
                Severity.of(Rows.text(row, "severity")),
                Alert.State.valueOf(Rows.text(row, "state").toUpperCase(Locale.ROOT)),
                row.getDouble("value"),
                row.getDouble("threshold"),
                Rows.instant(row, "started_at"),
                Rows.maybeInstant(row, "fired_at"),
                Rows.maybeInstant(row, "well_since"),
                Rows.maybeInstant(row, "resolved_at"),
                seenAt.map(at -> new Alert.Acknowledgement(seenBy == null ? "" : seenBy, at)),
                row.getBoolean("notified"));
    }
}
