package io.facet.hub.store.postgres;

import io.facet.hub.replay.ReplayStore;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Kept answers in PostgreSQL; they hold names, and are ciphertext. Thread-safe. */
public final class PostgresReplays implements ReplayStore {
    private static final String COLUMN = "idempotency_keys.answer";

    private final Database database;
    private final Vault vault;

    public PostgresReplays(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    @Override
    public Claim claim(Key key, byte[] fingerprint, Instant now) {
        return database.transaction(handle -> {
            handle.createUpdate(
                            "DELETE FROM idempotency_keys WHERE expires_at < :now"
                                    + " OR (status IS NULL AND claimed_at < :cut)")
                    .bind("now", Rows.at(now))
                    .bind("cut", Rows.at(now.minus(CUT_OFF)))
                    .execute();
            int taken =
                    handle.createUpdate(
                                    "INSERT INTO idempotency_keys (principal, key, fingerprint,"
                                            + " claimed_at, expires_at, row_id) VALUES"
                                            + " (:principal, :key, :print, :now, :end, :row)"
                                            + " ON CONFLICT DO NOTHING")
                            .bind("principal", key.principal())
                            .bind("key", key.key())
                            .bind("print", fingerprint)
                            .bind("now", Rows.at(now))
                            .bind("end", Rows.at(now.plus(KEPT)))
                            .bind("row", UUID.randomUUID())
                            .execute();
            return taken == 1 ? new Claim.Fresh() : taken(handle, key, fingerprint);
        });
    }

    private Claim taken(Handle handle, Key key, byte[] fingerprint) {
        return handle.createQuery(
                        "SELECT fingerprint, status, answer, row_id FROM idempotency_keys"
                                + " WHERE principal = :principal AND key = :key")
                .bind("principal", key.principal())
                .bind("key", key.key())
                .map((row, _) -> known(row, fingerprint))
                .findOne()
                .orElseGet(Claim.Running::new);
    }

    private Claim known(ResultSet row, byte[] fingerprint) throws SQLException {
        if (!Arrays.equals(Rows.bytes(row, "fingerprint"), fingerprint)) {
            return new Claim.Other();
        }
        int status = row.getInt("status");
        if (row.wasNull()) {
            return new Claim.Running();
        }
        byte[] sealed = row.getBytes("answer");
        Optional<String> body =
                sealed == null
                        ? Optional.empty()
                        : Optional.of(
                                new String(
                                        vault.open(COLUMN, Rows.uuid(row, "row_id"), sealed),
                                        StandardCharsets.UTF_8));
        return new Claim.Done(new Answer(status, body));
    }

    @Override
    public void finish(Key key, Answer answer) {
        database.transaction(handle -> {
            UUID row =
                    handle.createQuery(
                                    "SELECT row_id FROM idempotency_keys"
                                            + " WHERE principal = :principal AND key = :key")
                            .bind("principal", key.principal())
                            .bind("key", key.key())
                            .mapTo(UUID.class)
                            .one();
            byte[] sealed =
                    answer.body()
                            .map(text ->
                                    vault.seal(COLUMN, row, text.getBytes(StandardCharsets.UTF_8)))
                            .orElse(null);
            handle.createUpdate(
                            "UPDATE idempotency_keys SET status = :status, answer = :answer"
                                    + " WHERE principal = :principal AND key = :key")
                    .bind("status", answer.status())
                    .bindByType("answer", sealed, byte[].class)
                    .bind("principal", key.principal())
                    .bind("key", key.key())
                    .execute();
            return true;
        });
    }

    @Override
    public void release(Key key) {
        database.transaction(handle ->
                handle.createUpdate(
                                "DELETE FROM idempotency_keys"
                                        + " WHERE principal = :principal AND key = :key"
                                        + " AND status IS NULL")
                        .bind("principal", key.principal())
                        .bind("key", key.key())
                        .execute());
    }
}
