package io.facet.hub.store.postgres;

import io.facet.hub.security.CredentialStore;
import io.facet.hub.security.Role;
import io.facet.model.AgentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Keys and sessions in PostgreSQL. Thread-safe. */
public final class PostgresCredentials implements CredentialStore {
    private static final String KEY =
            "k.prefix, k.name, k.role, k.sites, k.agent_id, k.created_at, k.expires_at AS key_expires_at,"
                    + " k.last_used_at AS key_used_at, k.revoked_at";

    private final Database database;

    public PostgresCredentials(Database database) {
        this.database = database;
    }

    @Override
    public void addKey(byte[] hash, StoredKey key) {
        String[] sites = UserRows.names(key.sites());
        database.transaction(handle ->
                handle.createUpdate(
                                "INSERT INTO api_keys (prefix, key_hash, name, role, sites,"
                                        + " agent_id, created_at, expires_at) VALUES"
                                        + " (:prefix, :hash, :name, :role, :sites, :agent,"
                                        + " :at, :expires)")
                        .bind("prefix", key.prefix())
                        .bind("hash", hash)
                        .bind("name", key.name())
                        .bind("role", key.role().wireName())
                        .bindByType("sites", sites, String[].class)
                        .bindByType(
                                "agent", key.agent().map(AgentId::value).orElse(null), String.class)
                        .bind("at", Rows.at(key.createdAt()))
                        .bindByType(
                                "expires",
                                key.expiresAt().map(Rows::at).orElse(null),
                                java.time.OffsetDateTime.class)
                        .execute());
    }

    @Override
    public Optional<StoredKey> key(byte[] hash) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT "
                                        + KEY
                                        + " FROM api_keys k WHERE k.key_hash = :hash AND"
                                        + " k.revoked_at IS NULL")
                        .bind("hash", hash)
                        .map((row, _) -> key(row))
                        .findOne());
    }

    @Override
    public Optional<StoredKey> keyNamed(String prefix) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT "
                                        + KEY
                                        + " FROM api_keys k WHERE k.prefix = :prefix AND"
                                        + " k.revoked_at IS NULL")
                        .bind("prefix", prefix)
                        .map((row, _) -> key(row))
                        .findOne());
    }

    @Override
    public List<StoredKey> keys() {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT "
                                        + KEY
                                        + " FROM api_keys k WHERE k.agent_id IS NULL ORDER"
                                        + " BY k.created_at, k.prefix")
                        .map((row, _) -> key(row))
                        .list());
    }

    @Override
    public void keyUsed(String prefix, Instant at) {
        update("UPDATE api_keys SET last_used_at = :at WHERE prefix = :v", prefix, at);
    }

    @Override
    public boolean revoke(String prefix, Instant at) {
        return database.transaction(handle -> {
            int revoked =
                    handle.createUpdate(
                                    "UPDATE api_keys SET revoked_at = :at WHERE prefix ="
                                            + " :prefix AND revoked_at IS NULL")
                            .bind("at", Rows.at(at))
                            .bind("prefix", prefix)
                            .execute();
            handle.createUpdate("DELETE FROM sessions WHERE key_prefix = :prefix")
                    .bind("prefix", prefix)
                    .execute();
            return revoked == 1;
        });
    }

    @Override
    public void revokeOf(AgentId agent, Instant at) {
        update(
                "UPDATE api_keys SET revoked_at = :at WHERE agent_id = :v AND revoked_at IS NULL",
                agent.value(),
                at);
    }

    @Override
    public Set<AgentId> boxes() {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT DISTINCT agent_id FROM api_keys WHERE agent_id IS NOT NULL"
                                        + " AND revoked_at IS NULL")
                        .map((row, _) -> new AgentId(Rows.text(row, "agent_id")))
                        .set());
    }

    @Override
    public void addSession(byte[] hash, String keyPrefix, Instant at, Instant expiresAt) {
        database.transaction(handle ->
                handle.createUpdate(
                                "INSERT INTO sessions (token_hash, key_prefix, created_at,"
                                        + " last_used_at, expires_at) VALUES (:hash, :prefix,"
                                        + " :at, :at, :expires)")
                        .bind("hash", hash)
                        .bind("prefix", keyPrefix)
                        .bind("at", Rows.at(at))
                        .bind("expires", Rows.at(expiresAt))
                        .execute());
    }

    @Override
    public Optional<StoredSession> session(byte[] hash) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT "
                                        + KEY
                                        + ", s.last_used_at, s.expires_at FROM sessions s"
                                        + " JOIN api_keys k ON k.prefix = s.key_prefix"
                                        + " WHERE s.token_hash = :hash AND k.revoked_at IS"
                                        + " NULL")
                        .bind("hash", hash)
                        .map((row, _) ->
                                new StoredSession(
                                        key(row),
                                        Rows.instant(row, "last_used_at"),
                                        Rows.instant(row, "expires_at")))
                        .findOne());
    }

    @Override
    public void sessionUsed(byte[] hash, Instant at) {
        database.transaction(handle ->
                handle.createUpdate(
                                "UPDATE sessions SET last_used_at = :at WHERE token_hash ="
                                        + " :hash")
                        .bind("at", Rows.at(at))
                        .bind("hash", hash)
                        .execute());
    }

    @Override
    public void endSession(byte[] hash) {
        database.transaction(handle ->
                handle.createUpdate("DELETE FROM sessions WHERE token_hash = :hash")
                        .bind("hash", hash)
                        .execute());
    }

    @Override
    public void forgetSessions(Instant endedBefore) {
        database.transaction((Handle handle) ->
                handle.createUpdate("DELETE FROM sessions WHERE expires_at < :at")
                        .bind("at", Rows.at(endedBefore))
                        .execute());
    }

    private void update(String sql, String value, Instant at) {
        database.transaction(handle ->
                handle.createUpdate(sql).bind("v", value).bind("at", Rows.at(at)).execute());
    }

    private static StoredKey key(ResultSet row) throws SQLException {
        return new StoredKey(
                Rows.text(row, "prefix"),
                Rows.text(row, "name"),
                Role.valueOf(Rows.text(row, "role").toUpperCase(Locale.ROOT)),
                UserRows.scope(row.getArray("sites")),
                Optional.ofNullable(row.getString("agent_id")).map(AgentId::new),
                Rows.instant(row, "created_at"),
                Rows.maybeInstant(row, "key_expires_at"),
                Rows.maybeInstant(row, "key_used_at"),
                Rows.maybeInstant(row, "revoked_at"));
    }
}
