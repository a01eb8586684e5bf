package io.facet.hub.store.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.hub.settings.SettingChange;
import io.facet.hub.settings.SettingsStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Settings in PostgreSQL. Thread-safe. */
public final class PostgresSettings implements SettingsStore {
    private final Database database;

    public PostgresSettings(Database database) {
        this.database = database;
    }

    @Override
    public Map<String, JsonNode> all() {
        return database.transaction(PostgresSettings::all);
    }

    private static Map<String, JsonNode> all(Handle handle) {
        Map<String, JsonNode> all = new HashMap<>();
        handle.createQuery("SELECT key, value::text AS value FROM hub_settings")
                .map((row, _) ->
                        Map.entry(
                                Rows.text(row, "key"),
                                Json.read(Rows.text(row, "value"), JsonNode.class)))
                .forEach(e -> all.put(e.getKey(), e.getValue()));
        return all;
    }

    @Override
    public void change(Map<String, Optional<JsonNode>> changes, String by, Instant at) {
        database.transaction(handle -> {
            Map<String, JsonNode> present = all(handle);
            changes.forEach((key, value) -> {
                set(handle, key, value);
                handle.createUpdate(
                                "INSERT INTO hub_setting_changes (key, before, after, changed_by,"
                                        + " changed_at) VALUES (:key, :before::jsonb,"
                                        + " :after::jsonb, :by, :at)")
                        .bind("key", key)
                        .bindByType("before", text(present.get(key)), String.class)
                        .bindByType("after", text(value.orElse(null)), String.class)
                        .bind("by", by)
                        .bind("at", Rows.at(at))
                        .execute();
            });
            return true;
        });
    }

    private static void set(Handle handle, String key, Optional<JsonNode> value) {
        String sql =
                value.isPresent()
                        ? "INSERT INTO hub_settings (key, value) VALUES (:key, :value::jsonb)"
                                + " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
                        : "DELETE FROM hub_settings WHERE key = :key";
        var update = handle.createUpdate(sql).bind("key", key);
        value.ifPresent(v -> update.bind("value", v.toString()));
        update.execute();
    }

    private static @org.jspecify.annotations.Nullable String text(
            @org.jspecify.annotations.Nullable JsonNode node) {
        return node == null ? null : node.toString();
    }

    @Override
    public List<SettingChange> history(Optional<Long> before, long offset, int limit) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT change_id, key, before::text AS before,"
                                        + " after::text AS after, changed_by, changed_at"
                                        + " FROM hub_setting_changes"
                                        + " WHERE (:before::bigint IS NULL OR change_id < :before)"
                                        + " ORDER BY change_id DESC OFFSET :offset LIMIT :limit")
                        .bindByType("before", before.orElse(null), Long.class)
                        .bind("offset", offset)
                        .bind("limit", limit)
                        .map((row, _) -> change(row))
                        .list());
    }

    private static SettingChange change(ResultSet row) throws SQLException {
        return new SettingChange(
                row.getLong("change_id"),
                Rows.text(row, "key"),
                node(row, "before"),
                node(row, "after"),
                Rows.text(row, "changed_by"),
                Rows.instant(row, "changed_at"));
    }

    private static Optional<JsonNode> node(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column))
                .map(text -> Json.read(text, JsonNode.class));
    }

    @Override
    public long countChanges() {
        return database.transaction(handle ->
                handle.createQuery("SELECT count(*) FROM hub_setting_changes")
                        .mapTo(Long.class)
                        .one());
    }
}
