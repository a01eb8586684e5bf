package io.facet.hub.store.postgres;

import io.facet.hub.audit.AuditBatch;
import io.facet.hub.audit.AuditEntry;
import io.facet.hub.audit.AuditStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The audit log in PostgreSQL. Thread-safe. */
public final class PostgresAudit implements AuditStore {
    private static final String ENTRY =
            "SELECT entry, request_id, at, actor, role, action, subjects, outcome FROM"
                    + " audit_entries";

    private final Database database;

    public PostgresAudit(Database database) {
        this.database = database;
    }

    @Override
    public AuditBatch.Mark last() {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT batch, first_entry + entries - 1 AS last_entry, hash FROM"
                                        + " audit_batches ORDER BY batch DESC LIMIT 1")
                        .map((row, _) ->
                                new AuditBatch.Mark(
                                        row.getLong("batch"),
                                        row.getLong("last_entry"),
                                        Rows.bytes(row, "hash")))
                        .findOne()
                        .orElseGet(AuditBatch.Mark::start));
    }

    @Override
    public void append(AuditBatch batch, Instant writtenAt) {
        database.transaction(handle -> {
            handle.createUpdate(
                            "INSERT INTO audit_batches (batch, first_entry, entries, root,"
                                    + " previous_hash, hash, written_at) VALUES (:batch, :first,"
                                    + " :entries, :root, :previous, :hash, :at)")
                    .bind("batch", batch.number())
                    .bind("first", batch.first())
                    .bind("entries", batch.count())
                    .bind("root", batch.root())
                    .bind("previous", batch.previous())
                    .bind("hash", batch.hash())
                    .bind("at", Rows.at(writtenAt))
                    .execute();
            return insert(handle, batch);
        });
    }

    private static int insert(Handle handle, AuditBatch batch) {
        PreparedBatch rows =
                handle.prepareBatch(
                        "INSERT INTO audit_entries (entry, batch, request_id, at, actor, role,"
                                + " action, subjects, outcome) VALUES (:entry, :batch, :request,"
                                + " :at, :actor, :role, :action, :subjects, :outcome)");
        for (int i = 0; i < batch.count(); i++) {
            AuditEntry entry = batch.entries().get(i);
            rows.bind("entry", batch.first() + i)
                    .bind("batch", batch.number())
                    .bind("request", entry.request())
                    .bind("at", Rows.at(entry.at()))
                    .bind("actor", entry.actor())
                    .bind("role", entry.role())
                    .bind("action", entry.action())
                    .bindByType("subjects", entry.subjects().toArray(String[]::new), String[].class)
                    .bind("outcome", entry.outcome())
                    .add();
        }
        return rows.execute().length;
    }

    @Override
    public void each(Consumer<AuditBatch> visitor) {
        database.snapshot(handle -> {
            try (var batches =
                    handle
                            .createQuery(
                                    "SELECT batch, first_entry, entries, root, previous_hash,"
                                            + " hash FROM audit_batches ORDER BY batch")
                            .setFetchSize(500)
                            .map((row, _) -> batch(handle, row))
                            .stream()) {
                batches.forEach(visitor);
            }
            return true;
        });
    }

    private static AuditBatch batch(Handle handle, ResultSet row) throws SQLException {
        long number = row.getLong("batch");
        return new AuditBatch(
                number,
                row.getLong("first_entry"),
                row.getInt("entries"),
                handle.createQuery(ENTRY + " WHERE batch = :batch ORDER BY entry")
                        .bind("batch", number)
                        .map((entry, _) -> entry(entry))
                        .list(),
                Rows.bytes(row, "root"),
                Rows.bytes(row, "previous_hash"),
                Rows.bytes(row, "hash"));
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                Rows.uuid(row, "request_id"),
                Rows.instant(row, "at"),
                Rows.text(row, "actor"),
                Rows.text(row, "role"),
                Rows.text(row, "action"),
                List.of((String[]) row.getArray("subjects").getArray()),
                Rows.text(row, "outcome"));
    }

    @Override
    public long prunedThrough() {
        return database.transaction(handle ->
                handle.createQuery("SELECT pruned_through FROM audit_state")
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public long prune(Instant writtenBefore) {
        return database.transaction(handle -> {
            long through =
                    handle.createQuery(
                                    "SELECT coalesce(max(batch), 0) FROM audit_batches WHERE"
                                            + " written_at < :before")
                            .bind("before", Rows.at(writtenBefore))
                            .mapTo(Long.class)
                            .one();
            handle.createUpdate(
                            "UPDATE audit_state SET pruned_through = greatest(pruned_through,"
                                    + " :through)")
                    .bind("through", through)
                    .execute();
            return (long)
                    handle.createUpdate("DELETE FROM audit_entries WHERE batch <= :through")
                            .bind("through", through)
                            .execute();
        });
    }

    @Override
    public List<Numbered> page(AuditQuery query) {
        return database.transaction(handle ->
                handle.createQuery(
                                ENTRY
                                        + " WHERE (:from::timestamptz IS NULL OR at >= :from)"
                                        + " AND (:to::timestamptz IS NULL OR at < :to)"
                                        + " AND (:actor::text IS NULL OR actor = :actor)"
                                        + " AND (:subject::text IS NULL OR subjects @>"
                                        + " ARRAY[:subject]::text[])"
                                        + " AND (:before::bigint IS NULL OR entry < :before)"
                                        + " ORDER BY entry DESC LIMIT :limit")
                        .bindByType(
                                "from",
                                query.from().map(Rows::at).orElse(null),
                                OffsetDateTime.class)
                        .bindByType(
                                "to", query.to().map(Rows::at).orElse(null), OffsetDateTime.class)
                        .bindByType("actor", query.actor().orElse(null), String.class)
                        .bindByType("subject", query.subject().orElse(null), String.class)
                        .bindByType("before", query.before().orElse(null), Long.class)
                        .bind("limit", query.limit())
                        .map((row, _) -> new Numbered(row.getLong("entry"), entry(row)))
                        .list());
    }
}
