package io.facet.hub.store.postgres;

import io.facet.hub.devices.DeviceGroups;
import io.facet.hub.devices.DeviceReport;
import io.facet.hub.devices.DeviceStore;
import io.facet.hub.devices.SoftwareReport;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Boxes in PostgreSQL. Thread-safe. */
public final class PostgresDevices implements DeviceStore {
    private static final String COLUMNS =
            "SELECT agent_id, site_id, registered_at, last_seen_at, groups, report FROM agents";

    private final Database database;

    public PostgresDevices(Database database) {
        this.database = database;
    }

    /** What agents.report holds; {@code at} in milliseconds since the epoch. */
    private record StoredReport(
            String version,
            String space,
            boolean ready,
            String notReadyReason,
            long at,
            long galleryRevision,
            int gallerySize,
            int spoolDepth,
            long droppedEvents,
            @Nullable String galleryDigest,
            @Nullable UUID boot,
            long number,
            @Nullable Float load,
            @Nullable Float temperature,
            @Nullable String architecture,
            @Nullable List<SoftwareReport> software) {
        static StoredReport of(DeviceReport r) {
            return new StoredReport(
                    r.version(),
                    r.space(),
                    r.ready(),
                    r.notReadyReason(),
                    r.at().toEpochMilli(),
                    r.galleryRevision(),
                    r.gallerySize(),
                    r.spoolDepth(),
                    r.droppedEvents(),
                    r.galleryDigest(),
                    r.boot().orElse(null),
                    r.number(),
                    r.load().orElse(null),
                    r.temperature().orElse(null),
                    r.architecture(),
                    r.software());
        }

        DeviceReport report() {
            return new DeviceReport(
                    version,
                    space,
                    ready,
                    notReadyReason,
                    Instant.ofEpochMilli(at),
                    galleryRevision,
                    gallerySize,
                    spoolDepth,
                    droppedEvents,
                    galleryDigest == null ? "" : galleryDigest,
                    Optional.ofNullable(boot),
                    number,
                    Optional.ofNullable(load),
                    Optional.ofNullable(temperature),
                    architecture == null ? "" : architecture,
                    software == null ? List.of() : software);
        }
    }

    @Override
    public void register(AgentId agent, SiteId site, Instant at) {
        database.transaction(handle -> {
            handle.createUpdate(
                            "INSERT INTO sites (site_id) VALUES (:site) ON CONFLICT DO"
                                    + " NOTHING")
                    .bind("site", site.value())
                    .execute();
            return handle.createUpdate(
                            "INSERT INTO agents (agent_id, site_id, registered_at) VALUES"
                                    + " (:agent, :site, :at) ON CONFLICT (agent_id) DO UPDATE"
                                    + " SET site_id = :site")
                    .bind("agent", agent.value())
                    .bind("site", site.value())
                    .bind("at", Rows.at(at))
                    .execute();
        });
    }

    @Override
    public List<Stored> list(SiteScope sites) {
        return database
                .transaction(handle ->
                        handle.createQuery(COLUMNS + " ORDER BY agent_id")
                                .map((row, _) -> stored(row))
                                .list())
                .stream()
                .filter(s -> sites.permits(s.site()))
                .toList();
    }

    @Override
    public Optional<Stored> get(AgentId agent) {
        return database.transaction(handle ->
                handle.createQuery(COLUMNS + " WHERE agent_id = :agent")
                        .bind("agent", agent.value())
                        .map((row, _) -> stored(row))
                        .findOne());
    }

    @Override
    public boolean report(AgentId agent, DeviceReport report, Optional<Instant> seenAt) {
        return database.transaction(handle ->
                handle.createUpdate(
                                        "UPDATE agents SET report = :report::jsonb,"
                                                + " last_seen_at = coalesce(:at, last_seen_at) WHERE"
                                                + " agent_id = :agent")
                                .bind("report", Json.text(StoredReport.of(report)))
                                .bindByType(
                                        "at",
                                        seenAt.map(Rows::at).orElse(null),
                                        OffsetDateTime.class)
                                .bind("agent", agent.value())
                                .execute()
                        == 1);
    }

    @Override
    public boolean group(AgentId agent, DeviceGroups groups) {
        return database.transaction(handle ->
                handle.createUpdate("UPDATE agents SET groups = :groups WHERE agent_id = :agent")
                                .bindArray("groups", String.class, groups.labels().toArray())
                                .bind("agent", agent.value())
                                .execute()
                        == 1);
    }

    @Override
    public Removal remove(AgentId agent) {
        return database.transaction(handle -> {
            boolean cameras =
                    handle.createQuery(
                                    "SELECT EXISTS (SELECT 1 FROM cameras WHERE agent_id ="
                                            + " :agent AND removed_at IS NULL)")
                            .bind("agent", agent.value())
                            .mapTo(Boolean.class)
                            .one();
            if (cameras) {
                return Removal.HAS_CAMERAS;
            }
            int removed =
                    handle.createUpdate("DELETE FROM agents WHERE agent_id = :agent")
                            .bind("agent", agent.value())
                            .execute();
            return removed == 1 ? Removal.REMOVED : Removal.NOT_THERE;
        });
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                new AgentId(Rows.text(row, "agent_id")),
                new SiteId(Rows.text(row, "site_id")),
                Rows.instant(row, "registered_at"),
                Rows.maybeInstant(row, "last_seen_at"),
                new DeviceGroups(Rows.texts(row, "groups")),
                Optional.ofNullable(row.getString("report"))
                        .map(json -> Json.read(json, StoredReport.class).report()));
    }
}
