package io.facet.hub.store.postgres;

import io.facet.hub.idempotency.Ask;
import io.facet.hub.idempotency.IdempotencyStore;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Tokens in PostgreSQL: only keyed digests of what was asked, and sealed answers. Thread-safe. */
public final class PostgresIdempotency implements IdempotencyStore {
    private static final String ANSWER = "idempotent_calls.answer";

    private final Database database;
    private final Vault vault;

    public PostgresIdempotency(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    @SuppressWarnings("ArrayRecordComponent") // read and done with, never compared as a whole
    private record Row(
            byte[] request,
            UUID reserved,
            Optional<byte[]> answer,
            boolean erased,
            Instant lease,
            Instant end) {}

    @Override
    public Claim claim(Ask ask, Attempt attempt) {
        byte[] call = call(ask);
        byte[] request = request(ask);
        return database.transaction(handle -> {
            if (insert(handle, call, request, attempt)) {
                return new Claim.Yours(attempt.id(), false);
            }
            Row row = locked(handle, call);
            if (!row.end().isAfter(attempt.now())) {
                takeOver(handle, call, request, attempt.id(), attempt);
                return new Claim.Yours(attempt.id(), false);
            } else if (!Arrays.equals(row.request(), request)) {
                return new Claim.Different();
            } else if (row.answer().isPresent()) {
                return new Claim.Answered(vault.open(ANSWER, row.reserved(), row.answer().get()));
            } else if (row.erased()) {
                return new Claim.Erased();
            } else if (row.lease().isAfter(attempt.now())) {
                return new Claim.Running();
            }
            takeOver(handle, call, request, row.reserved(), attempt);
            return new Claim.Yours(row.reserved(), true);
        });
    }

    private static boolean insert(Handle handle, byte[] call, byte[] request, Attempt attempt) {
        return bind(
                                handle.createUpdate(
                                        "INSERT INTO idempotent_calls (call_digest,"
                                                + " request_digest, reserved_id, attempt_id,"
                                                + " lease_ends_at, expires_at) VALUES (:call,"
                                                + " :request, :reserved, :attempt, :lease, :end)"
                                                + " ON CONFLICT DO NOTHING"),
                                call,
                                request,
                                attempt.id(),
                                attempt)
                        .execute()
                == 1;
    }

    private static void takeOver(
            Handle handle, byte[] call, byte[] request, UUID reserved, Attempt attempt) {
        bind(
                        handle.createUpdate(
                                "UPDATE idempotent_calls SET request_digest = :request,"
                                        + " reserved_id = :reserved, attempt_id = :attempt,"
                                        + " lease_ends_at = :lease, expires_at = :end,"
                                        + " answer = NULL, erased = false, mentions = NULL"
                                        + " WHERE call_digest = :call"),
                        call,
                        request,
                        reserved,
                        attempt)
                .execute();
    }

    private static Update bind(
            Update update, byte[] call, byte[] request, UUID reserved, Attempt attempt) {
        return update.bind("call", call)
                .bind("request", request)
                .bind("reserved", reserved)
                .bind("attempt", attempt.id())
                .bind("lease", Rows.at(attempt.leaseEnds()))
                .bind("end", Rows.at(attempt.expiresAt()));
    }

    private static Row locked(Handle handle, byte[] call) {
        return handle.createQuery(
                        "SELECT request_digest, reserved_id, answer, erased, lease_ends_at,"
                                + " expires_at FROM idempotent_calls WHERE call_digest = :call FOR UPDATE")
                .bind("call", call)
                .map((row, _) ->
                        new Row(
                                Rows.bytes(row, "request_digest"),
                                Rows.uuid(row, "reserved_id"),
                                Optional.ofNullable(row.getBytes("answer")),
                                row.getBoolean("erased"),
                                Rows.instant(row, "lease_ends_at"),
                                Rows.instant(row, "expires_at")))
                .one();
    }

    @Override
    public void answer(Ask ask, UUID attempt, byte[] answer, Set<UUID> about) {
        byte[] call = call(ask);
        database.transaction(handle -> {
            boolean erased = KeptAnswers.lock(handle, about);
            UUID reserved = locked(handle, call).reserved();
            byte[] sealed = vault.seal(ANSWER, reserved, answer);
            return handle.createUpdate(
                            "UPDATE idempotent_calls SET answer = :answer, erased = :erased,"
                                    + " mentions = :about"
                                    + " WHERE call_digest = :call AND attempt_id = :attempt")
                    .bindByType("answer", erased ? null : sealed, byte[].class)
                    .bind("erased", erased)
                    .bindArray("about", UUID.class, about.toArray())
                    .bind("call", call)
                    .bind("attempt", attempt)
                    .execute();
        });
    }

    @Override
    public void release(Ask ask, UUID attempt) {
        own("DELETE FROM idempotent_calls", ask, attempt);
    }

    @Override
    public void abandon(Ask ask, UUID attempt) {
        own("UPDATE idempotent_calls SET lease_ends_at = 'epoch'", ask, attempt);
    }

    private void own(String statement, Ask ask, UUID attempt) {
        byte[] call = call(ask);
        database.transaction(handle ->
                handle.createUpdate(
                                statement
                                        + " WHERE call_digest = :call AND attempt_id = :attempt"
                                        + " AND answer IS NULL AND NOT erased")
                        .bind("call", call)
                        .bind("attempt", attempt)
                        .execute());
    }

    @Override
    public void forget(Instant before) {
        database.transaction(handle ->
                handle.createUpdate("DELETE FROM idempotent_calls WHERE expires_at < :before")
                        .bind("before", Rows.at(before))
                        .execute());
    }

    private byte[] call(Ask ask) {
        String name = String.join("\n", ask.caller(), ask.operation(), ask.token());
        return vault.digest("idempotent_calls.call", name);
    }

    private byte[] request(Ask ask) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(ask.request());
            return vault.digest("idempotent_calls.request", HexFormat.of().formatHex(hash));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
