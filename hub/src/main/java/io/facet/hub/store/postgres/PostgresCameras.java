package io.facet.hub.store.postgres;

import io.facet.hub.cameras.CameraStore;
import io.facet.hub.events.HubEvent;
import io.facet.model.AgentId;
import io.facet.model.Camera;
import io.facet.model.CameraId;
import io.facet.model.CameraRules;
import io.facet.model.CameraSource;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Cameras in PostgreSQL; addresses encrypted, for they hold passwords. Thread-safe. */
public final class PostgresCameras implements CameraStore {
    private static final String COLUMNS =
            "SELECT camera_id, site_id, agent_id, name, source, added_at, threshold,"
                    + " rules, rules_revision"
                    + " FROM cameras"
                    + " WHERE removed_at IS NULL";

    private final Database database;
    private final Vault vault;
    private final Outbox outbox;

    public PostgresCameras(Database database, Vault vault, Outbox outbox) {
        this.database = database;
        this.vault = vault;
        this.outbox = outbox;
    }

    /** What cameras.source holds: one of the two. */
    private record Source(@Nullable String address, @Nullable Integer device) {
        static Source of(CameraSource source) {
            return switch (source) {
                case CameraSource.Stream s -> new Source(s.address().toString(), null);
                case CameraSource.Device d -> new Source(null, d.index());
            };
        }

        CameraSource source() {
            if (address != null) {
                return new CameraSource.Stream(URI.create(address));
            }
            return new CameraSource.Device(device == null ? 0 : device);
        }
    }

    @Override
    public boolean add(Stored stored) {
        Camera camera = stored.camera();
        UUID id = camera.id().value();
        String source = Json.text(Source.of(camera.source()));
        return database.transaction(handle -> {
            int added =
                    handle.createUpdate(
                                    "INSERT INTO cameras (camera_id, site_id, agent_id,"
                                            + " name, source, source_digest, added_at) VALUES"
                                            + " (:id, :site, :agent, :name, :source, :digest,"
                                            + " :at) ON CONFLICT DO NOTHING")
                            .bind("id", id)
                            .bind("site", camera.site().value())
                            .bind("agent", camera.agent().value())
                            .bind("name", camera.name())
                            .bind(
                                    "source",
                                    vault.seal(
                                            "cameras.source",
                                            id,
                                            source.getBytes(
                                                    java.nio.charset.StandardCharsets.UTF_8)))
                            .bind("digest", vault.digest("cameras.source", source))
                            .bind("at", Rows.at(stored.addedAt()))
                            .execute();
            if (added == 1) {
                changed(handle, camera.agent());
            }
            return added == 1;
        });
    }

    @Override
    public boolean update(Stored stored) {
        Camera camera = stored.camera();
        UUID id = camera.id().value();
        String source = Json.text(Source.of(camera.source()));
        byte[] plain = source.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try {
            return database.transaction(handle -> {
                int changed =
                        handle.createUpdate(
                                        "UPDATE cameras SET name = :name, source = :source,"
                                                + " source_digest = :digest, threshold ="
                                                + " :threshold, rules = :rules::jsonb,"
                                                + " rules_revision = :revision WHERE"
                                                + " camera_id = :id AND removed_at IS NULL")
                                .bind("id", id)
                                .bind("name", camera.name())
                                .bind("source", vault.seal("cameras.source", id, plain))
                                .bind("digest", vault.digest("cameras.source", source))
                                .bindByType(
                                        "threshold",
                                        camera.rules().threshold().orElse(null),
                                        Float.class)
                                .bind("rules", Json.text(CameraRulesRow.of(camera.rules())))
                                .bind("revision", camera.rules().revision())
                                .execute();
                changed(handle, camera.agent());
                return changed == 1;
            });
        } catch (org.jdbi.v3.core.statement.UnableToExecuteStatementException failure) {
            if (Database.isDuplicate(failure)) {
                return false;
            }
            throw failure;
        }
    }

    @Override
    public List<Stored> list(SiteScope sites) {
        return database
                .transaction(handle ->
                        handle.createQuery(COLUMNS + " ORDER BY camera_id")
                                .map((row, _) -> stored(row))
                                .list())
                .stream()
                .filter(s -> sites.permits(s.camera().site()))
                .toList();
    }

    @Override
    public Optional<Stored> get(CameraId id, SiteScope sites) {
        return database.transaction(handle -> get(handle, id, sites));
    }

    @Override
    public Optional<Stored> remove(CameraId id, SiteScope sites, Instant at) {
        return database.transaction(handle -> {
            Optional<Stored> camera = get(handle, id, sites);
            if (camera.isEmpty()) {
                return camera;
            }
            Optional<Boolean> toldStreaming =
                    handle.createQuery(
                                    "UPDATE cameras SET removed_at = :at WHERE camera_id ="
                                            + " :id AND removed_at IS NULL RETURNING"
                                            + " told_streaming")
                            .bind("at", Rows.at(at))
                            .bind("id", id.value())
                            .mapTo(Boolean.class)
                            .findOne();
            if (toldStreaming.orElse(false)) {
                outbox.tell(handle, removed(camera.get().camera(), at), at);
            }
            changed(handle, camera.get().camera().agent());
            return toldStreaming.isPresent() ? camera : Optional.empty();
        });
    }

    private static HubEvent removed(Camera camera, Instant at) {
        return new HubEvent.CameraDisconnected(
                camera.id(), camera.name(), at, "removed", camera.site(), camera.agent());
    }

    @Override
    public Desired desired(AgentId agent) {
        return database.snapshot(handle -> {
            long revision =
                    handle.createQuery(
                                    "SELECT cameras_revision FROM agents WHERE agent_id ="
                                            + " :agent")
                            .bind("agent", agent.value())
                            .mapTo(Long.class)
                            .findOne()
                            .orElse(0L);
            return new Desired(
                    revision,
                    handle.createQuery(COLUMNS + " AND agent_id = :agent ORDER BY camera_id")
                            .bind("agent", agent.value())
                            .map((row, _) -> stored(row).camera())
                            .list());
        });
    }

    @Override
    public Map<CameraId, String> names(Collection<CameraId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Object[] wanted = ids.stream().map(CameraId::value).toArray();
        Map<CameraId, String> names = new HashMap<>();
        database.transaction(handle -> {
            handle.createQuery(
                            "SELECT camera_id, name FROM cameras WHERE camera_id =" + " ANY(:ids)")
                    .bindArray("ids", UUID.class, wanted)
                    .map((row, _) ->
                            Map.entry(
                                    new CameraId(Rows.uuid(row, "camera_id")),
                                    Rows.text(row, "name")))
                    .forEach(e -> names.put(e.getKey(), e.getValue()));
            return true;
        });
        return names;
    }

    private Optional<Stored> get(Handle handle, CameraId id, SiteScope sites) {
        return handle.createQuery(COLUMNS + " AND camera_id = :id")
                .bind("id", id.value())
                .map((row, _) -> stored(row))
                .findOne()
                .filter(s -> sites.permits(s.camera().site()));
    }

    private static void changed(Handle handle, AgentId agent) {
        handle.createUpdate(
                        "UPDATE agents SET cameras_revision = cameras_revision + 1"
                                + " WHERE agent_id = :agent")
                .bind("agent", agent.value())
                .execute();
    }

    private Stored stored(ResultSet row) throws SQLException {
        UUID id = Rows.uuid(row, "camera_id");
        Source source =
                Json.read(
                        vault.open("cameras.source", id, Rows.bytes(row, "source")), Source.class);
        return new Stored(
                new Camera(
                        new CameraId(id),
                        Rows.text(row, "name"),
                        new SiteId(Rows.text(row, "site_id")),
                        new AgentId(Rows.text(row, "agent_id")),
                        source.source(),
                        rules(row)),
                Rows.instant(row, "added_at"));
    }

    private static CameraRules rules(ResultSet row) throws SQLException {
        String json = row.getString("rules");
        CameraRules rules =
                json == null ? CameraRules.NONE : Json.read(json, CameraRulesRow.class).rules();
        return rules.withThreshold(threshold(row)).withRevision(row.getLong("rules_revision"));
    }

    private static Optional<Float> threshold(ResultSet row) throws SQLException {
        float threshold = row.getFloat("threshold");
        return row.wasNull() ? Optional.empty() : Optional.of(threshold);
    }
}
