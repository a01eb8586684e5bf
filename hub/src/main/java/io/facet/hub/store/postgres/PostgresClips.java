package io.facet.hub.store.postgres;

import io.facet.hub.events.ClipStore;
import io.facet.model.AgentId;
import io.facet.model.EventId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Films in PostgreSQL, encrypted as the crops of their events are. Thread-safe. */
public record PostgresClips(Database database, Vault vault) implements ClipStore {
    private static final String COLUMN = "event_clips.film";

    /** How long after its first event a visit may still be corrected. */
    private static final String LONGEST_VISIT = "interval '1 day'";

    /** Takes a film of somebody who is erased, and of every visit that was ever named so. */
    static final String ERASURE =
            "WITH gone AS (DELETE FROM event_clips WHERE person_id = :id OR track_id IN (SELECT"
                    + " track_id FROM events WHERE person_id = :id AND track_id IS NOT NULL)"
                    + " RETURNING occurred_at, event_id) UPDATE events e SET has_clip = false"
                    + " FROM gone WHERE (e.occurred_at, e.event_id) = (gone.occurred_at,"
                    + " gone.event_id)";

    /** The event a film belongs to. */
    private record Target(
            Instant occurredAt, String agent, UUID camera, Optional<UUID> track, boolean filmed) {
        static Target of(ResultSet row) throws SQLException {
            return new Target(
                    Rows.instant(row, "occurred_at"),
                    Rows.text(row, "agent_id"),
                    Rows.uuid(row, "camera_id"),
                    Rows.maybeUuid(row, "track_id"),
                    row.getBoolean("has_clip"));
        }
    }

    @Override
    public Stored put(EventId event, AgentId from, byte[] film, Instant now) {
        return database.transaction(handle -> put(handle, event.value(), from, film, now));
    }

    private Stored put(Handle handle, UUID event, AgentId from, byte[] film, Instant now) {
        if (!isKnown(handle, event)) {
            return Stored.UNKNOWN_EVENT;
        }
        Optional<Target> found = target(handle, event, "");
        if (found.isEmpty() || found.get().track().isEmpty()) {
            return Stored.GONE;
        }
        if (!found.get().agent().equals(from.value())) {
            return Stored.UNKNOWN_EVENT;
        }
        // People before events, as an erasure locks them.
        List<Named> people = named(handle, found.get());
        Optional<Target> target = target(handle, event, " FOR UPDATE OF e");
        if (target.isEmpty() || people.stream().anyMatch(Named::isErased)) {
            return Stored.GONE;
        }
        if (!target.get().filmed()) {
            insert(handle, event, target.get(), people, film, now);
        }
        return Stored.KEPT;
    }

    private static boolean isKnown(Handle handle, UUID event) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM event_ids WHERE event_id = :id)")
                .bind("id", event)
                .mapTo(Boolean.class)
                .one();
    }

    private static Optional<Target> target(Handle handle, UUID event, String lock) {
        return handle.createQuery(
                        "SELECT e.occurred_at, e.agent_id, e.camera_id, e.track_id, e.has_clip FROM"
                                + " event_ids i JOIN events e USING (event_id, occurred_at) WHERE"
                                + " i.event_id = :id"
                                + lock)
                .bind("id", event)
                .map((row, _) -> Target.of(row))
                .findOne();
    }

    /** Somebody whom an event of the visit names. */
    @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
    private record Named(UUID event, UUID person, byte[] wrappedKey) {
        boolean isErased() {
            return wrappedKey.length == 0;
        }
    }

    /** Whom the events of a visit name; locked, so that nobody is erased meanwhile. */
    private static List<Named> named(Handle handle, Target target) {
        List<Named> named =
                handle.createQuery(
                                "SELECT event_id, person_id FROM events WHERE camera_id = :camera"
                                        + " AND occurred_at >= :from AND occurred_at < :from + "
                                        + LONGEST_VISIT
                                        + " AND track_id = :track AND person_id IS NOT NULL ORDER"
                                        + " BY person_id")
                        .bind("camera", target.camera())
                        .bind("from", Rows.at(target.occurredAt()))
                        .bind("track", target.track().orElseThrow())
                        .map((row, _) ->
                                new Named(
                                        Rows.uuid(row, "event_id"),
                                        Rows.uuid(row, "person_id"),
                                        new byte[0]))
                        .list();
        return named.stream().map(n -> withKey(handle, n)).toList();
    }

    private static Named withKey(Handle handle, Named named) {
        return handle.createQuery("SELECT wrapped_key FROM people WHERE person_id = :id FOR SHARE")
                .bind("id", named.person())
                .map((row, _) ->
                        new Named(named.event(), named.person(), Rows.bytes(row, "wrapped_key")))
                .findOne()
                .orElse(named);
    }

    private void insert(
            Handle handle,
            UUID event,
            Target target,
            List<Named> people,
            byte[] film,
            Instant now) {
        Optional<Named> owner = people.stream().filter(n -> n.event().equals(event)).findFirst();
        byte[] sealed =
                owner.map(n ->
                                vault.personKey(n.person(), n.wrappedKey())
                                        .seal(COLUMN, event, film))
                        .orElseGet(() -> vault.seal(COLUMN, event, film));
        handle.createUpdate(
                        "INSERT INTO event_clips (event_id, occurred_at, track_id, person_id, film,"
                                + " stored_at) VALUES (:id, :occurred, :track, :person, :film,"
                                + " :now)")
                .bind("id", event)
                .bind("occurred", Rows.at(target.occurredAt()))
                .bind("track", target.track().orElseThrow())
                .bindByType("person", owner.map(Named::person).orElse(null), UUID.class)
                .bind("film", sealed)
                .bind("now", Rows.at(now))
                .execute();
        handle.createUpdate(
                        "UPDATE events SET has_clip = true WHERE occurred_at = :occurred AND"
                                + " event_id = :id")
                .bind("id", event)
                .bind("occurred", Rows.at(target.occurredAt()))
                .execute();
    }

    @Override
    public Optional<byte[]> film(EventId event, SiteScope sites) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT c.film, c.person_id, p.wrapped_key, e.site_id FROM"
                                        + " event_ids i JOIN events e USING (event_id, occurred_at)"
                                        + " JOIN event_clips c USING (event_id, occurred_at) LEFT"
                                        + " JOIN people p ON p.person_id = c.person_id WHERE"
                                        + " i.event_id = :id")
                        .bind("id", event.value())
                        .map((row, _) ->
                                sites.permits(new SiteId(Rows.text(row, "site_id")))
                                        ? film(row, event.value())
                                        : Optional.<byte[]>empty())
                        .findOne()
                        .flatMap(film -> film));
    }

    private Optional<byte[]> film(ResultSet row, UUID event) throws SQLException {
        byte[] sealed = Rows.bytes(row, "film");
        Optional<UUID> person = Rows.maybeUuid(row, "person_id");
        byte[] wrapped = row.getBytes("wrapped_key");
        if (person.isEmpty()) {
            return Optional.of(vault.open(COLUMN, event, sealed));
        }
        return wrapped == null
                ? Optional.empty()
                : Optional.of(vault.personKey(person.get(), wrapped).open(COLUMN, event, sealed));
    }
}
