package io.facet.hub.store.postgres;

import io.facet.hub.webhooks.Delivery;
import io.facet.hub.webhooks.DeliveryStore;
import io.facet.model.EventId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The outbox of webhooks in PostgreSQL; bodies encrypted. Thread-safe. */
public final class PostgresDeliveries implements DeliveryStore {
    private static final int LONGEST_ERROR = 300;

    private static final String MATCHING =
            " FROM webhook_deliveries WHERE webhook_id = :webhook"
                    + " AND (:state::text IS NULL OR state = :state)";

    private final Database database;
    private final Vault vault;

    public PostgresDeliveries(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    @Override
    public void enqueue(Collection<UUID> webhooks, String type, byte[] body, Instant at) {
        database.transaction(handle -> {
            WebhookOutbox.insert(
                    handle, vault, List.copyOf(webhooks), new WebhookOutbox.Told(type, body, at));
            return true;
        });
    }

    @Override
    public List<UUID> due(Instant now) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT w.webhook_id FROM webhooks w WHERE w.active AND EXISTS"
                                        + " (SELECT 1 FROM webhook_deliveries d WHERE d.webhook_id"
                                        + " = w.webhook_id AND d.state = 'waiting' AND d.next_at"
                                        + " <= :now)")
                        .bind("now", Rows.at(now))
                        .map((row, _) -> Rows.uuid(row, "webhook_id"))
                        .list());
    }

    @Override
    public Optional<Outbound> take(UUID webhook, Instant now, Duration lease) {
        return database.transaction(handle ->
                handle.createQuery(
                                "UPDATE webhook_deliveries SET next_at = :until WHERE delivery_id ="
                                        + " (SELECT d.delivery_id FROM webhook_deliveries d JOIN"
                                        + " webhooks w USING (webhook_id) WHERE d.webhook_id ="
                                        + " :webhook AND w.active AND d.state = 'waiting' AND"
                                        + " d.next_at <= :now ORDER BY d.position LIMIT 1 FOR"
                                        + " UPDATE OF d SKIP LOCKED) RETURNING *")
                        .bind("webhook", webhook)
                        .bind("now", Rows.at(now))
                        .bind("until", Rows.at(now.plus(lease)))
                        .map((row, _) -> outbound(row))
                        .findOne());
    }

    @Override
    public void delivered(UUID delivery, int status, Instant at) {
        database.transaction(handle ->
                handle.createUpdate(
                                "UPDATE webhook_deliveries SET state = 'delivered', attempts ="
                                        + " attempts + 1, last_status = :status, last_error ="
                                        + " NULL, finished_at = :at WHERE delivery_id = :id")
                        .bind("id", delivery)
                        .bind("status", status)
                        .bind("at", Rows.at(at))
                        .execute());
    }

    @Override
    public void failed(
            UUID delivery, OptionalInt status, String error, Optional<Instant> next, Instant at) {
        database.transaction(handle ->
                handle.createUpdate(
                                "UPDATE webhook_deliveries SET state = :state, attempts ="
                                        + " attempts + 1, last_status = :status, last_error ="
                                        + " :error, next_at = :next, finished_at = :finished WHERE"
                                        + " delivery_id = :id")
                        .bind("id", delivery)
                        .bind("state", next.isPresent() ? "waiting" : "dead")
                        .bindByType(
                                "status",
                                status.isPresent() ? status.getAsInt() : null,
                                Integer.class)
                        .bind("error", cut(error))
                        .bind("next", Rows.at(next.orElse(at)))
                        .bindByType(
                                "finished",
                                next.isPresent() ? null : Rows.at(at),
                                OffsetDateTime.class)
                        .execute());
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR);
    }

    @Override
    public List<Delivery> deliveries(Delivery.Filter filter, Delivery.Slice slice) {
        String page =
                " AND (:before::bigint IS NULL OR position < :before)"
                        + " ORDER BY position DESC LIMIT :limit OFFSET :offset";
        return database.transaction(handle ->
                matching(handle, "SELECT *" + MATCHING + page, filter)
                        .bindByType("before", slice.before().orElse(null), Long.class)
                        .bind("limit", slice.limit())
                        .bind("offset", slice.offset())
                        .map((row, _) -> delivery(row))
                        .list());
    }

    @Override
    public long countDeliveries(Delivery.Filter filter) {
        return database.transaction(handle ->
                matching(handle, "SELECT count(*)" + MATCHING, filter).mapTo(Long.class).one());
    }

    private static Query matching(Handle handle, String sql, Delivery.Filter filter) {
        return handle.createQuery(sql)
                .bind("webhook", filter.webhook())
                .bindByType(
                        "state",
                        filter.state().map(Delivery.State::wireName).orElse(null),
                        String.class);
    }

    @Override
    public boolean again(UUID webhook, UUID delivery, Instant at) {
        return database.transaction(handle ->
                handle.createUpdate(
                                        "UPDATE webhook_deliveries SET state = 'waiting', attempts"
                                                + " = 0, next_at = :at, finished_at = NULL WHERE"
                                                + " webhook_id = :webhook AND delivery_id = :id AND"
                                                + " state <> 'waiting'")
                                .bind("webhook", webhook)
                                .bind("id", delivery)
                                .bind("at", Rows.at(at))
                                .execute()
                        == 1);
    }

    @Override
    public int bound(int most, Instant at) {
        return database.transaction(handle ->
                handle.createUpdate(
                                "UPDATE webhook_deliveries SET state = 'dead', finished_at = :at,"
                                        + " last_error = 'too many wait' WHERE delivery_id IN"
                                        + " (SELECT delivery_id FROM (SELECT delivery_id,"
                                        + " row_number() OVER (PARTITION BY webhook_id ORDER BY"
                                        + " position DESC) AS place FROM webhook_deliveries WHERE"
                                        + " state = 'waiting') ranked WHERE place > :most)")
                        .bind("most", most)
                        .bind("at", Rows.at(at))
                        .execute());
    }

    @Override
    public void forget(Instant finishedBefore) {
        database.transaction(handle ->
                handle.createUpdate(
                                "DELETE FROM webhook_deliveries WHERE state <> 'waiting' AND"
                                        + " finished_at < :at")
                        .bind("at", Rows.at(finishedBefore))
                        .execute());
    }

    @Override
    public int fullest() {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT coalesce(max(n), 0)::int FROM (SELECT count(*) AS n FROM"
                                        + " webhook_deliveries WHERE state = 'waiting' GROUP BY"
                                        + " webhook_id) waiting")
                        .mapTo(Integer.class)
                        .one());
    }

    private Outbound outbound(ResultSet row) throws SQLException {
        UUID id = Rows.uuid(row, "delivery_id");
        Optional<UUID> event = Rows.maybeUuid(row, "event_id");
        Content content =
                event.isPresent()
                        ? new Content.Stored(new EventId(event.get()))
                        : new Content.Body(
                                vault.open("webhook_deliveries.body", id, Rows.bytes(row, "body")));
        return new Outbound(
                id,
                Rows.text(row, "type"),
                row.getInt("attempts"),
                Rows.instant(row, "created_at"),
                content);
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        int status = row.getInt("last_status");
        return new Delivery(
                Rows.uuid(row, "delivery_id"),
                Rows.uuid(row, "webhook_id"),
                row.getLong("position"),
                Rows.text(row, "type"),
                Delivery.State.valueOf(Rows.text(row, "state").toUpperCase(Locale.ROOT)),
                row.getInt("attempts"),
                Rows.instant(row, "next_at"),
                status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
                Optional.ofNullable(row.getString("last_error")),
                Rows.instant(row, "created_at"),
                Rows.maybeInstant(row, "finished_at"));
    }
}
