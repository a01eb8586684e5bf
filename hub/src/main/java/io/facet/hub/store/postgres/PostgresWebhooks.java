package io.facet.hub.store.postgres;

import io.facet.hub.webhooks.Webhook;
import io.facet.hub.webhooks.WebhookStore;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Webhooks in PostgreSQL; addresses and secrets encrypted. Thread-safe. */
public final class PostgresWebhooks implements WebhookStore {
    private final Database database;
    private final Vault vault;

    public PostgresWebhooks(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    @Override
    public void add(Webhook webhook, byte[] secret) {
        database.transaction(handle ->
                handle.createUpdate(
                                "INSERT INTO webhooks (webhook_id, url, secret, description,"
                                        + " events, sites, active, created_at) VALUES (:id, :url,"
                                        + " :secret, :description, :events, :sites, :active, :at)")
                        .bind("id", webhook.id())
                        .bind("url", sealedUrl(webhook))
                        .bind("secret", vault.seal("webhooks.secret", webhook.id(), secret))
                        .bind("description", webhook.description())
                        .bindByType("events", names(webhook), String[].class)
                        .bindByType("sites", sites(webhook), String[].class)
                        .bind("active", webhook.active())
                        .bind("at", Rows.at(webhook.createdAt()))
                        .execute());
    }

    private byte[] sealedUrl(Webhook webhook) {
        return vault.seal(
                "webhooks.url",
                webhook.id(),
                webhook.url().toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String @Nullable [] names(Webhook webhook) {
        return webhook.events().isEmpty() ? null : webhook.events().toArray(String[]::new);
    }

    private static String @Nullable [] sites(Webhook webhook) {
        return webhook.sites() instanceof SiteScope.Only only
                ? only.sites().stream().map(SiteId::value).toArray(String[]::new)
                : null;
    }

    @Override
    public List<Webhook> list() {
        return database.transaction(handle ->
                handle.createQuery("SELECT * FROM webhooks ORDER BY webhook_id")
                        .map((row, _) -> webhook(row))
                        .list());
    }

    @Override
    public Optional<Webhook> find(UUID id) {
        return database.transaction(handle ->
                handle.createQuery("SELECT * FROM webhooks WHERE webhook_id = :id")
                        .bind("id", id)
                        .map((row, _) -> webhook(row))
                        .findOne());
    }

    @Override
    public Optional<byte[]> secret(UUID id) {
        return database.transaction(handle ->
                handle.createQuery("SELECT secret FROM webhooks WHERE webhook_id = :id")
                        .bind("id", id)
                        .map((row, _) ->
                                vault.open("webhooks.secret", id, Rows.bytes(row, "secret")))
                        .findOne());
    }

    @Override
    public boolean update(Webhook webhook) {
        return database.transaction(handle ->
                handle.createUpdate(
                                        "UPDATE webhooks SET url = :url, description ="
                                                + " :description, events = :events, active ="
                                                + " :active WHERE webhook_id = :id")
                                .bind("id", webhook.id())
                                .bind("url", sealedUrl(webhook))
                                .bind("description", webhook.description())
                                .bindByType("events", names(webhook), String[].class)
                                .bind("active", webhook.active())
                                .execute()
                        == 1);
    }

    @Override
    public boolean remove(UUID id) {
        return database.transaction(handle ->
                handle.createUpdate("DELETE FROM webhooks WHERE webhook_id = :id")
                                .bind("id", id)
                                .execute()
                        == 1);
    }

    private Webhook webhook(ResultSet row) throws SQLException {
        UUID id = Rows.uuid(row, "webhook_id");
        return new Webhook(
                id,
                URI.create(
                        new String(
                                vault.open("webhooks.url", id, Rows.bytes(row, "url")),
                                StandardCharsets.UTF_8)),
                Rows.text(row, "description"),
                Set.copyOf(texts(row.getArray("events"))),
                scope(row.getArray("sites")),
                row.getBoolean("active"),
                Rows.instant(row, "created_at"));
    }

    private static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private static SiteScope scope(@Nullable Array sites) throws SQLException {
        return sites == null
                ? SiteScope.ALL
                : new SiteScope.Only(
                        Arrays.stream((String[]) sites.getArray())
                                .map(SiteId::new)
                                .collect(Collectors.toSet()));
    }
}
