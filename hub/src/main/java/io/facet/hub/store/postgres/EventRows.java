package io.facet.hub.store.postgres;

import io.facet.hub.events.EventKind;
import io.facet.hub.events.EventStore;
import io.facet.hub.watchlists.WatchlistId;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.model.EventId;
import io.facet.model.FaceEvent;
import io.facet.model.FaceEvent.Header;
import io.facet.model.FaceEvent.Identity;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import io.facet.model.SiteId;
import io.facet.model.TrackId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Rows of events. Stateless. */
final class EventRows {
    static final String INSERT =
            "INSERT INTO events (event_id, occurred_at, received_at, captured_at, site_id,"
                    + " agent_id, camera_id, kind, boot_id, sequence, monotonic_us,"
                    + " clock_offset_us, simulated, historical, track_id, person_id, face_id,"
                    + " confidence, similarity, threshold, reason, sighting, has_crop, watchlists)"
                    + " VALUES"
                    + " (:id, :occurred, :received, :captured, :site, :agent, :camera, :kind,"
                    + " :boot, :sequence, :monotonic, :offset, :simulated, :historical, :track,"
                    + " :person, :face, :confidence, :similarity, :threshold, :reason,"
                    + " :sighting::jsonb, :crop, :watchlists)";

    private EventRows() {}

    /** What differs between the kinds, as columns. */
    private record Body(
            @Nullable UUID track,
            @Nullable Identity identity,
            @Nullable String reason,
            FaceEvent.@Nullable Sighting sighting) {
        static Body of(FaceEvent event) {
            return switch (event) {
                case FaceEvent.Recognised e ->
                        new Body(e.track().value(), e.identity(), null, e.sighting());
                case FaceEvent.RecognitionUpdated e ->
                        new Body(e.track().value(), e.identity(), null, e.sighting());
                case FaceEvent.RecognitionRetracted e ->
                        new Body(e.track().value(), null, e.reason(), null);
                case FaceEvent.UnknownSeen e ->
                        new Body(e.track().value(), null, null, e.sighting());
                case FaceEvent.CameraConnected _ -> new Body(null, null, null, null);
                case FaceEvent.CameraDisconnected e -> new Body(null, null, e.reason(), null);
            };
        }
    }

    static void bind(PreparedBatch batch, EventStore.Entry entry, boolean hasCrop) {
        Header header = entry.event().header();
        Duration offset = header.clockOffset();
        Body body = Body.of(entry.event());
        batch.bind("id", header.id().value())
                .bind("occurred", Rows.at(entry.occurredAt()))
                .bind("received", Rows.at(entry.receivedAt()))
                .bind("captured", Rows.at(header.capturedAt()))
                .bind("site", header.site().value())
                .bind("agent", header.agent().value())
                .bind("camera", header.camera().value())
                .bind("kind", EventKind.of(entry.event()).wireName())
                .bind("boot", header.bootId())
                .bind("sequence", header.sequence())
                .bind("monotonic", micros(header.monotonic()))
                .bindByType("offset", offset == null ? null : micros(offset), Long.class)
                .bind("simulated", header.simulated())
                .bind("historical", entry.historical())
                .bind("crop", hasCrop);
        Object[] lists = entry.watchlists().stream().map(WatchlistId::value).toArray();
        if (lists.length == 0) {
            batch.bindNull("watchlists", java.sql.Types.ARRAY);
        } else {
            batch.bindArray("watchlists", java.util.UUID.class, lists);
        }
        bind(batch, body);
        batch.add();
    }

    private static void bind(PreparedBatch batch, Body body) {
        Identity who = body.identity();
        FaceEvent.Sighting sighting = body.sighting();
        batch.bindByType("track", body.track(), UUID.class)
                .bindByType("person", who == null ? null : who.person().value(), UUID.class)
                .bindByType("face", who == null ? null : who.face().value(), UUID.class)
                .bindByType("confidence", who == null ? null : who.confidence(), Float.class)
                .bindByType("similarity", who == null ? null : who.similarity(), Float.class)
                .bindByType("threshold", who == null ? null : who.threshold(), Float.class)
                .bindByType("reason", body.reason(), String.class)
                .bindByType(
                        "sighting",
                        sighting == null ? null : Json.text(StoredSighting.of(sighting)),
                        String.class);
    }

    static EventStore.Row row(ResultSet row) throws SQLException {
        EventStore.Entry entry =
                new EventStore.Entry(
                        event(row),
                        Rows.instant(row, "occurred_at"),
                        Rows.instant(row, "received_at"),
                        row.getBoolean("historical"),
                        PostgresWatchlists.elements(row, "watchlists")
                                .map(id -> new WatchlistId((UUID) id))
                                .toList());
        return new EventStore.Row(entry, row.getBoolean("has_crop"), row.getBoolean("has_clip"));
    }

    private static FaceEvent event(ResultSet row) throws SQLException {
        Header header = header(row);
        return switch (kind(row)) {
            case FACE_RECOGNIZED ->
                    new FaceEvent.Recognised(header, track(row), identity(row), sighting(row));
            case RECOGNITION_UPDATED ->
                    new FaceEvent.RecognitionUpdated(
                            header, track(row), identity(row), sighting(row));
            case RECOGNITION_RETRACTED ->
                    new FaceEvent.RecognitionRetracted(
                            header, track(row), Rows.text(row, "reason"));
            case UNKNOWN_SEEN -> new FaceEvent.UnknownSeen(header, track(row), sighting(row));
            case CAMERA_CONNECTED -> new FaceEvent.CameraConnected(header);
            case CAMERA_DISCONNECTED ->
                    new FaceEvent.CameraDisconnected(header, Rows.text(row, "reason"));
        };
    }

    private static Header header(ResultSet row) throws SQLException {
        long offset = row.getLong("clock_offset_us");
        boolean noOffset = row.wasNull();
        return new Header(
                new EventId(Rows.uuid(row, "event_id")),
                new AgentId(Rows.text(row, "agent_id")),
                new SiteId(Rows.text(row, "site_id")),
                new CameraId(Rows.uuid(row, "camera_id")),
                Rows.instant(row, "captured_at"),
                Rows.uuid(row, "boot_id"),
                row.getLong("sequence"),
                Duration.of(row.getLong("monotonic_us"), ChronoUnit.MICROS),
                noOffset ? null : Duration.of(offset, ChronoUnit.MICROS),
                row.getBoolean("simulated"));
    }

    private static EventKind kind(ResultSet row) throws SQLException {
        return EventKind.valueOf(Rows.text(row, "kind").toUpperCase(java.util.Locale.ROOT));
    }

    private static TrackId track(ResultSet row) throws SQLException {
        return new TrackId(Rows.uuid(row, "track_id"));
    }

    private static Identity identity(ResultSet row) throws SQLException {
        return new Identity(
                new PersonId(Rows.uuid(row, "person_id")),
                new FaceId(Rows.uuid(row, "face_id")),
                row.getFloat("confidence"),
                row.getFloat("similarity"),
                row.getFloat("threshold"));
    }

    private static FaceEvent.Sighting sighting(ResultSet row) throws SQLException {
        return Json.read(Rows.text(row, "sighting"), StoredSighting.class).sighting();
    }

    private static long micros(Duration duration) {
        return duration.dividedBy(Duration.of(1, ChronoUnit.MICROS));
    }
}
