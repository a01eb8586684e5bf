package io.facet.hub.store.postgres;

import io.facet.hub.joining.JoinStore;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.pki.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Join tokens and certificates of boxes in PostgreSQL. Thread-safe. */
public final class PostgresJoining implements JoinStore {
    private static final String TOKEN =
            "SELECT token_id, site_id, agent_id, created_by, created_at, expires_at, used_at,"
                    + " used_key FROM join_tokens ";

    private final Database database;

    public PostgresJoining(Database database) {
        this.database = database;
    }

    @Override
    public void addToken(byte[] hash, Token token) {
        database.transaction(handle ->
                handle.createUpdate(
                                "INSERT INTO join_tokens (token_id, token_hash, site_id, agent_id,"
                                        + " created_by, created_at, expires_at) VALUES (:id, :hash,"
                                        + " :site, :agent, :by, :at, :expires)")
                        .bind("id", token.id())
                        .bind("hash", hash)
                        .bind("site", token.site().value())
                        .bindByType(
                                "agent",
                                token.agent().map(AgentId::value).orElse(null),
                                String.class)
                        .bind("by", token.createdBy())
                        .bind("at", Rows.at(token.createdAt()))
                        .bind("expires", Rows.at(token.expiresAt()))
                        .execute());
    }

    @Override
    public Optional<Token> token(byte[] hash) {
        return database.transaction(handle ->
                handle.createQuery(TOKEN + "WHERE token_hash = :hash")
                        .bind("hash", hash)
                        .map((row, _) -> token(row))
                        .findOne());
    }

    @Override
    public List<Token> tokens() {
        return database.transaction(handle ->
                handle.createQuery(TOKEN + "ORDER BY created_at DESC, token_id LIMIT 1000")
                        .map((row, _) -> token(row))
                        .list());
    }

    @Override
    public boolean withdraw(String id) {
        return database.transaction(handle ->
                handle.createUpdate(
                                        "DELETE FROM join_tokens WHERE token_id = :id AND used_at"
                                                + " IS NULL")
                                .bind("id", id)
                                .execute()
                        == 1);
    }

    @Override
    public boolean use(String id, AgentId agent, Fingerprint key, Instant at) {
        return database.transaction(handle ->
                handle.createUpdate(
                                        "UPDATE join_tokens SET used_at = :at, used_key = :key,"
                                                + " agent_id = :agent WHERE token_id = :id AND"
                                                + " used_at IS NULL")
                                .bind("at", Rows.at(at))
                                .bind("key", key.sha256())
                                .bind("agent", agent.value())
                                .bind("id", id)
                                .execute()
                        == 1);
    }

    @Override
    public void forgetUses(AgentId agent) {
        database.transaction(handle ->
                handle.createUpdate(
                                "UPDATE join_tokens SET used_key = NULL WHERE agent_id = :agent AND"
                                        + " used_at IS NOT NULL")
                        .bind("agent", agent.value())
                        .execute());
    }

    @Override
    public void addCertificate(Certificate certificate, Instant at) {
        database.transaction(handle ->
                handle.createUpdate(
                                "INSERT INTO device_certificates (serial, agent_id, issued_at,"
                                        + " expires_at) VALUES (:serial, :agent, :at, :expires)")
                        .bind("serial", certificate.serial())
                        .bind("agent", certificate.agent().value())
                        .bind("at", Rows.at(at))
                        .bind("expires", Rows.at(certificate.expiresAt()))
                        .execute());
    }

    @Override
    public Optional<Holder> holder(String serial) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT c.agent_id, a.site_id, c.expires_at FROM"
                                        + " device_certificates c JOIN agents a ON a.agent_id ="
                                        + " c.agent_id WHERE c.serial = :serial AND c.revoked_at IS"
                                        + " NULL")
                        .bind("serial", serial)
                        .map((row, _) ->
                                new Holder(
                                        new AgentId(Rows.text(row, "agent_id")),
                                        new SiteId(Rows.text(row, "site_id")),
                                        Rows.instant(row, "expires_at")))
                        .findOne());
    }

    @Override
    public List<String> revoke(AgentId agent, Optional<String> kept, Instant at) {
        return database.transaction(handle ->
                handle.createQuery(
                                "UPDATE device_certificates SET revoked_at = :at WHERE agent_id ="
                                        + " :agent AND serial <> :kept AND revoked_at IS NULL"
                                        + " RETURNING serial")
                        .bind("at", Rows.at(at))
                        .bind("agent", agent.value())
                        .bind("kept", kept.orElse(""))
                        .mapTo(String.class)
                        .list());
    }

    @Override
    public List<Certificate> inForce(Instant now) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT c.serial, c.agent_id, c.expires_at FROM"
                                        + " device_certificates c JOIN agents a ON a.agent_id ="
                                        + " c.agent_id WHERE c.revoked_at IS NULL AND c.expires_at"
                                        + " > :now")
                        .bind("now", Rows.at(now))
                        .map((row, _) ->
                                new Certificate(
                                        Rows.text(row, "serial"),
                                        new AgentId(Rows.text(row, "agent_id")),
                                        Rows.instant(row, "expires_at")))
                        .list());
    }

    @Override
    public void forget(Instant endedBefore) {
        database.transaction(handle -> {
            handle.createUpdate("DELETE FROM join_tokens WHERE expires_at < :at")
                    .bind("at", Rows.at(endedBefore))
                    .execute();
            return handle.createUpdate("DELETE FROM device_certificates WHERE expires_at < :at")
                    .bind("at", Rows.at(endedBefore))
                    .execute();
        });
    }

    private static Token token(ResultSet row) throws SQLException {
        byte[] usedKey = row.getBytes("used_key");
        return new Token(
                Rows.text(row, "token_id"),
                new SiteId(Rows.text(row, "site_id")),
                Optional.ofNullable(row.getString("agent_id")).map(AgentId::new),
                Rows.text(row, "created_by"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "expires_at"),
                Rows.maybeInstant(row, "used_at"),
                Optional.ofNullable(usedKey).map(Fingerprint::new));
    }
}
