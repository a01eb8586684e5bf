package io.facet.hub.store.postgres;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.security.LockOut;
import io.facet.hub.security.Role;
import io.facet.hub.security.User;
import io.facet.hub.security.UserId;
import io.facet.hub.security.UserStore;
import io.facet.model.SiteScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.statement.Update;

/** Users in PostgreSQL. Thread-safe. */
public final class PostgresUsers implements UserStore {
    private final Database database;
    private final TokenRows tokens;

    public PostgresUsers(Database database) {
        this.database = database;
        this.tokens = new TokenRows(database);
    }

    @Override
    public void add(User user, Optional<String> passwordHash) {
        try {
            run(
                    "INSERT INTO users (user_id, username, password_hash, role, sites, issuer,"
                            + " subject, created_at) VALUES (:id, :name, :hash, :role, :sites,"
                            + " :issuer, :subject, :at)",
                    update ->
                            UserRows.bindRights(update, user)
                                    .bind("name", user.username())
                                    .bindByType("hash", passwordHash.orElse(null), String.class)
                                    .bindByType(
                                            "issuer",
                                            user.external().map(User.External::issuer).orElse(null),
                                            String.class)
                                    .bindByType(
                                            "subject",
                                            user.external()
                                                    .map(User.External::subject)
                                                    .orElse(null),
                                            String.class)
                                    .bind("at", Rows.at(user.createdAt())));
        } catch (UnableToExecuteStatementException failure) {
            if (Database.isDuplicate(failure)) {
                throw new FacetException(
                        ErrorCode.ALREADY_EXISTS, "there is a user of this name already", failure);
            }
            throw failure;
        }
    }

    @Override
    public Optional<User> byId(UserId id) {
        return database.transaction(handle ->
                handle.createQuery(UserRows.SELECT + " WHERE u.user_id = :id")
                        .bind("id", id.value())
                        .map((row, _) -> UserRows.user(row))
                        .findOne());
    }

    @Override
    public Optional<Account> byName(String username) {
        return database.transaction(handle ->
                handle.createQuery(UserRows.SELECT + " WHERE u.username = :name")
                        .bind("name", username)
                        .map((row, _) ->
                                new Account(
                                        UserRows.user(row),
                                        Optional.ofNullable(row.getString("password_hash"))))
                        .findOne());
    }

    @Override
    public Optional<User> byExternal(User.External external) {
        return database.transaction(handle ->
                handle.createQuery(
                                UserRows.SELECT
                                        + " WHERE u.issuer = :issuer AND u.subject = :subject")
                        .bind("issuer", external.issuer())
                        .bind("subject", external.subject())
                        .map((row, _) -> UserRows.user(row))
                        .findOne());
    }

    @Override
    public List<User> list() {
        return database.transaction(handle ->
                handle.createQuery(UserRows.SELECT + " ORDER BY u.username")
                        .map((row, _) -> UserRows.user(row))
                        .list());
    }

    @Override
    public boolean update(User user) {
        return run(
                        "UPDATE users SET role = :role, sites = :sites, disabled = :disabled WHERE"
                                + " user_id = :id",
                        update ->
                                UserRows.bindRights(update, user).bind("disabled", user.disabled()))
                == 1;
    }

    @Override
    public void grant(UserId id, Role role, SiteScope sites) {
        run(
                "UPDATE users SET role = :role, sites = :sites WHERE user_id = :id",
                update ->
                        update.bind("id", id.value())
                                .bind("role", role.wireName())
                                .bindByType("sites", UserRows.names(sites), String[].class));
    }

    @Override
    public void password(UserId id, String hash) {
        database.transaction(handle -> {
            handle.createUpdate("UPDATE users SET password_hash = :hash WHERE user_id = :id")
                    .bind("hash", hash)
                    .bind("id", id.value())
                    .execute();
            return endAll(handle, id);
        });
    }

    @Override
    public void signedIn(UserId id, Instant at) {
        run(
                "UPDATE users SET last_sign_in_at = :at WHERE user_id = :id",
                update -> update.bind("at", Rows.at(at)).bind("id", id.value()));
    }

    @Override
    public boolean remove(UserId id) {
        return run("DELETE FROM users WHERE user_id = :id", u -> u.bind("id", id.value())) == 1;
    }

    @Override
    public void endAll(UserId id) {
        database.transaction(handle -> endAll(handle, id));
    }

    private static int endAll(Handle handle, UserId id) {
        int ended = 0;
        for (String table : List.of("user_sessions", "token_families")) {
            ended +=
                    handle.createUpdate("DELETE FROM " + table + " WHERE user_id = :id")
                            .bind("id", id.value())
                            .execute();
        }
        return ended;
    }

    @Override
    public LockOut attempt(byte[] nameDigest, Instant now, UnaryOperator<LockOut> next) {
        return database.transaction(handle -> {
            handle.createUpdate("DELETE FROM sign_in_failures WHERE last_at < :old")
                    .bind("old", Rows.at(now.minus(LockOut.MEMORY)))
                    .execute();
            handle.createUpdate(
                            "INSERT INTO sign_in_failures (name_digest, failures, last_at)"
                                    + " VALUES (:name, 0, :at) ON CONFLICT DO NOTHING")
                    .bind("name", nameDigest)
                    .bind("at", Rows.at(now))
                    .execute();
            LockOut before =
                    handle.createQuery(
                                    "SELECT failures, locked_until FROM sign_in_failures WHERE"
                                            + " name_digest = :name FOR UPDATE")
                            .bind("name", nameDigest)
                            .map((row, _) ->
                                    new LockOut(
                                            row.getInt("failures"),
                                            Rows.maybeInstant(row, "locked_until")))
                            .one();
            LockOut after = next.apply(before);
            handle.createUpdate(
                            "UPDATE sign_in_failures SET failures = :n, last_at = :at,"
                                    + " locked_until = :until WHERE name_digest = :name")
                    .bind("n", after.failures())
                    .bind("at", Rows.at(now))
                    .bindByType(
                            "until",
                            after.lockedUntil().map(Rows::at).orElse(null),
                            java.time.OffsetDateTime.class)
                    .bind("name", nameDigest)
                    .execute();
            return before;
        });
    }

    @Override
    public void forgive(byte[] nameDigest) {
        run(
                "DELETE FROM sign_in_failures WHERE name_digest = :name",
                update -> update.bind("name", nameDigest));
    }

    @Override
    public void addSession(byte[] hash, UserId user, Instant at, Instant expiresAt) {
        tokens.addSession(hash, user, at, expiresAt);
    }

    @Override
    public Optional<Session> session(byte[] hash) {
        return tokens.session(hash);
    }

    @Override
    public void sessionUsed(byte[] hash, Instant at) {
        tokens.sessionUsed(hash, at);
    }

    @Override
    public void endSession(byte[] hash) {
        tokens.endSession(hash);
    }

    @Override
    public void addFamily(UUID family, UserId user, Instant at) {
        tokens.addFamily(family, user, at);
    }

    @Override
    public void addRefresh(byte[] hash, UUID family, Instant at, Instant expiresAt) {
        tokens.addRefresh(hash, family, expiresAt);
    }

    @Override
    public Optional<Refresh> refresh(byte[] hash) {
        return tokens.refresh(hash);
    }

    @Override
    public boolean useRefresh(byte[] hash, Instant at) {
        return tokens.useRefresh(hash, at);
    }

    @Override
    public void revokeFamily(UUID family, Instant at) {
        tokens.revokeFamily(family, at);
    }

    @Override
    public Optional<User> family(UUID family) {
        return tokens.family(family);
    }

    @Override
    public void forget(Instant endedBefore) {
        tokens.forget(endedBefore);
    }

    private int run(String sql, UnaryOperator<Update> bound) {
        return database.transaction(handle -> bound.apply(handle.createUpdate(sql)).execute());
    }
}
