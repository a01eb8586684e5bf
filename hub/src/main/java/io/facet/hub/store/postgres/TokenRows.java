package io.facet.hub.store.postgres;

import io.facet.hub.security.User;
import io.facet.hub.security.UserId;
import io.facet.hub.security.UserStore.Refresh;
import io.facet.hub.security.UserStore.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.statement.Update;

/** Sessions and tokens of users in PostgreSQL. Thread-safe. */
record TokenRows(Database database) {
    void addSession(byte[] hash, UserId user, Instant at, Instant expiresAt) {
        run(
                "INSERT INTO user_sessions (token_hash, user_id, last_used_at, expires_at) VALUES"
                        + " (:hash, :user, :at, :expires)",
                update ->
                        update.bind("hash", hash)
                                .bind("user", user.value())
                                .bind("at", Rows.at(at))
                                .bind("expires", Rows.at(expiresAt)));
    }

    Optional<Session> session(byte[] hash) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT "
                                        + UserRows.COLUMNS
                                        + ", s.last_used_at, s.expires_at FROM user_sessions s"
                                        + " JOIN users u USING (user_id) WHERE s.token_hash ="
                                        + " :hash")
                        .bind("hash", hash)
                        .map((row, _) ->
                                new Session(
                                        UserRows.user(row),
                                        Rows.instant(row, "last_used_at"),
                                        Rows.instant(row, "expires_at")))
                        .findOne());
    }

    void sessionUsed(byte[] hash, Instant at) {
        run(
                "UPDATE user_sessions SET last_used_at = :at WHERE token_hash = :hash",
                update -> update.bind("hash", hash).bind("at", Rows.at(at)));
    }

    void endSession(byte[] hash) {
        run("DELETE FROM user_sessions WHERE token_hash = :hash", u -> u.bind("hash", hash));
    }

    void addFamily(UUID family, UserId user, Instant at) {
        run(
                "INSERT INTO token_families (family_id, user_id, created_at) VALUES (:family,"
                        + " :user, :at)",
                update ->
                        update.bind("family", family)
                                .bind("user", user.value())
                                .bind("at", Rows.at(at)));
    }

    void addRefresh(byte[] hash, UUID family, Instant expiresAt) {
        run(
                "INSERT INTO refresh_tokens (token_hash, family_id, expires_at) VALUES (:hash,"
                        + " :family, :expires)",
                update ->
                        update.bind("hash", hash)
                                .bind("family", family)
                                .bind("expires", Rows.at(expiresAt)));
    }

    Optional<Refresh> refresh(byte[] hash) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT r.family_id, f.user_id, r.expires_at, r.used_at,"
                                        + " f.revoked_at FROM refresh_tokens r JOIN"
                                        + " token_families f USING (family_id) WHERE"
                                        + " r.token_hash = :hash")
                        .bind("hash", hash)
                        .map((row, _) ->
                                new Refresh(
                                        Rows.uuid(row, "family_id"),
                                        new UserId(Rows.uuid(row, "user_id")),
                                        Rows.instant(row, "expires_at"),
                                        Rows.maybeInstant(row, "used_at").isPresent(),
                                        Rows.maybeInstant(row, "revoked_at").isPresent()))
                        .findOne());
    }

    boolean useRefresh(byte[] hash, Instant at) {
        return run(
                        "UPDATE refresh_tokens SET used_at = :at WHERE token_hash = :hash AND"
                                + " used_at IS NULL",
                        update -> update.bind("hash", hash).bind("at", Rows.at(at)))
                == 1;
    }

    void revokeFamily(UUID family, Instant at) {
        run(
                "UPDATE token_families SET revoked_at = :at WHERE family_id = :family AND"
                        + " revoked_at IS NULL",
                update -> update.bind("family", family).bind("at", Rows.at(at)));
    }

    Optional<User> family(UUID family) {
        return database.transaction(handle ->
                handle.createQuery(
                                UserRows.SELECT
                                        + " JOIN token_families f USING (user_id) WHERE"
                                        + " f.family_id = :family AND f.revoked_at IS NULL")
                        .bind("family", family)
                        .map((row, _) -> UserRows.user(row))
                        .findOne());
    }

    void forget(Instant endedBefore) {
        database.transaction(handle -> {
            int gone = 0;
            for (String statement :
                    List.of(
                            "DELETE FROM user_sessions WHERE expires_at < :at",
                            // Exchanged ones stay until they expire: their use again is a theft.
                            "DELETE FROM refresh_tokens WHERE expires_at < :at",
                            "DELETE FROM token_families f WHERE f.created_at < :at - interval '1 day' AND NOT EXISTS"
                                    + " (SELECT 1 FROM refresh_tokens r WHERE r.family_id ="
                                    + " f.family_id)")) {
                gone += handle.createUpdate(statement).bind("at", Rows.at(endedBefore)).execute();
            }
            return gone;
        });
    }

    private int run(String sql, UnaryOperator<Update> bound) {
        return database.transaction(handle -> bound.apply(handle.createUpdate(sql)).execute());
    }
}
