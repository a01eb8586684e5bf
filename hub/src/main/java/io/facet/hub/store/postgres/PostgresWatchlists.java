package io.facet.hub.store.postgres;

import io.facet.hub.watchlists.Watchlist;
import io.facet.hub.watchlists.WatchlistId;
import io.facet.hub.watchlists.WatchlistRules;
import io.facet.hub.watchlists.WatchlistStore;
import io.facet.model.CameraId;
import io.facet.model.PersonId;
import io.facet.model.SiteId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.statement.Update;

/** Watchlists in PostgreSQL. Thread-safe. */
public final class PostgresWatchlists implements WatchlistStore {
    private final Database database;
    private final InstantSource clock;

    public PostgresWatchlists(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public boolean add(Watchlist list) {
        return unlessNameIsTaken(
                list,
                "INSERT INTO watchlists (watchlist_id, name, threshold, colour, expires_at,"
                        + " cameras, sites, created_at, updated_at) VALUES (:id, :name,"
                        + " :threshold, :colour, :expires, :cameras, :sites, :created, :updated)");
    }

    @Override
    public boolean update(Watchlist list) {
        return unlessNameIsTaken(
                list,
                "UPDATE watchlists SET name = :name, threshold = :threshold, colour = :colour,"
                        + " expires_at = :expires, cameras = :cameras, sites = :sites,"
                        + " created_at = :created, updated_at = :updated"
                        + " WHERE watchlist_id = :id");
    }

    private boolean unlessNameIsTaken(Watchlist list, String sql) {
        try {
            return database.transaction(
                    handle -> bind(handle.createUpdate(sql), list).execute() == 1);
        } catch (UnableToExecuteStatementException failure) {
            if (Database.isDuplicate(failure)) {
                return false;
            }
            throw failure;
        }
    }

    private static Update bind(Update update, Watchlist list) {
        WatchlistRules rules = list.rules();
        return update.bind("id", list.id().value())
                .bind("name", rules.name())
                .bindByType("threshold", rules.threshold().orElse(null), Float.class)
                .bind("colour", rules.colour())
                .bindByType(
                        "expires",
                        rules.expiresAt().map(Rows::at).orElse(null),
                        java.time.OffsetDateTime.class)
                .bindArray(
                        "cameras",
                        UUID.class,
                        rules.cameras().stream().map(CameraId::value).toArray())
                .bindArray(
                        "sites", String.class, rules.sites().stream().map(SiteId::value).toArray())
                .bind("created", Rows.at(list.createdAt()))
                .bind("updated", Rows.at(list.updatedAt()));
    }

    @Override
    public boolean remove(WatchlistId id) {
        return database.transaction(handle -> {
            List<PersonId> gone =
                    handle.createQuery(
                                    "DELETE FROM watchlist_members WHERE watchlist_id = :id"
                                            + " RETURNING person_id")
                            .bind("id", id.value())
                            .map((row, _) -> new PersonId(Rows.uuid(row, "person_id")))
                            .list();
            new GalleryLog(handle, clock.instant()).moved(id, gone, false);
            return handle.createUpdate("DELETE FROM watchlists WHERE watchlist_id = :id")
                            .bind("id", id.value())
                            .execute()
                    == 1;
        });
    }

    @Override
    public int settle(Instant now) {
        return database.transaction(handle -> {
            Map<WatchlistId, Boolean> changed = new HashMap<>();
            handle.createQuery(
                            "UPDATE watchlists SET ended = NOT ended WHERE ended <>"
                                    + " coalesce(expires_at <= :now, false)"
                                    + " RETURNING watchlist_id, ended")
                    .bind("now", Rows.at(now))
                    .map((row, _) ->
                            Map.entry(
                                    new WatchlistId(Rows.uuid(row, "watchlist_id")),
                                    row.getBoolean("ended")))
                    .forEach(e -> changed.put(e.getKey(), e.getValue()));
            changed.forEach((list, ended) ->
                    new GalleryLog(handle, now).moved(list, everybody(handle, list), !ended));
            return changed.size();
        });
    }

    private static List<PersonId> everybody(Handle handle, WatchlistId id) {
        return handle.createQuery(
                        "SELECT person_id FROM watchlist_members WHERE watchlist_id = :id ORDER BY"
                                + " person_id")
                .bind("id", id.value())
                .map((row, _) -> new PersonId(Rows.uuid(row, "person_id")))
                .list();
    }

    @Override
    public List<Watchlist> all() {
        return database.transaction(handle ->
                handle.createQuery("SELECT * FROM watchlists ORDER BY watchlist_id")
                        .map((row, _) -> list(row))
                        .list());
    }

    private static Watchlist list(ResultSet row) throws SQLException {
        float threshold = row.getFloat("threshold");
        boolean none = row.wasNull();
        WatchlistRules rules =
                new WatchlistRules(
                        Rows.text(row, "name"),
                        none ? Optional.empty() : Optional.of(threshold),
                        Rows.text(row, "colour"),
                        Rows.maybeInstant(row, "expires_at"),
                        elements(row, "cameras")
                                .map(id -> new CameraId((UUID) id))
                                .collect(Collectors.toSet()),
                        elements(row, "sites")
                                .map(id -> new SiteId((String) id))
                                .collect(Collectors.toSet()));
        return new Watchlist(
                new WatchlistId(Rows.uuid(row, "watchlist_id")),
                rules,
                Rows.instant(row, "created_at"),
                Rows.instant(row, "updated_at"));
    }

    static Stream<Object> elements(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? Stream.of() : Arrays.stream((Object[]) array.getArray());
    }

    @Override
    public Map<PersonId, Set<WatchlistId>> memberships() {
        Map<PersonId, Set<WatchlistId>> memberships = new HashMap<>();
        database.transaction(handle -> {
            handle.createQuery("SELECT person_id, watchlist_id FROM watchlist_members")
                    .map((row, _) ->
                            Map.entry(
                                    new PersonId(Rows.uuid(row, "person_id")),
                                    new WatchlistId(Rows.uuid(row, "watchlist_id"))))
                    .forEach(e ->
                            memberships
                                    .computeIfAbsent(e.getKey(), _ -> new HashSet<>())
                                    .add(e.getValue()));
            return true;
        });
        return memberships;
    }

    @Override
    public Set<PersonId> join(WatchlistId id, Collection<PersonId> people, Instant at) {
        return database.transaction(handle -> {
            Object[] wanted = people.stream().map(PersonId::value).distinct().toArray();
            Set<PersonId> missing = new HashSet<>(people);
            missing.removeAll(present(handle, wanted));
            if (missing.isEmpty()) {
                List<PersonId> fresh =
                        handle.createQuery(
                                        "INSERT INTO watchlist_members (watchlist_id, person_id,"
                                                + " added_at) SELECT :id, p, :at FROM"
                                                + " unnest(:people::uuid[]) p ON CONFLICT DO"
                                                + " NOTHING RETURNING person_id")
                                .bind("id", id.value())
                                .bindArray("people", UUID.class, wanted)
                                .bind("at", Rows.at(at))
                                .map((row, _) -> new PersonId(Rows.uuid(row, "person_id")))
                                .list();
                new GalleryLog(handle, at).moved(id, fresh, true);
            }
            return missing;
        });
    }

    /** Locked, so that nobody is erased between the look and the membership. */
    private static Set<PersonId> present(Handle handle, Object[] wanted) {
        return handle
                .createQuery(
                        "SELECT person_id FROM people WHERE person_id = ANY(:ids)"
                                + " ORDER BY person_id FOR SHARE")
                .bindArray("ids", UUID.class, wanted)
                .map((row, _) -> new PersonId(Rows.uuid(row, "person_id")))
                .stream()
                .collect(Collectors.toSet());
    }

    @Override
    public boolean leave(WatchlistId id, PersonId person) {
        return database.transaction(handle -> {
            boolean left =
                    handle.createUpdate(
                                            "DELETE FROM watchlist_members WHERE watchlist_id ="
                                                    + " :id AND person_id = :person")
                                    .bind("id", id.value())
                                    .bind("person", person.value())
                                    .execute()
                            == 1;
            if (left) {
                new GalleryLog(handle, clock.instant()).moved(id, List.of(person), false);
            }
            return left;
        });
    }

    @Override
    public List<PersonId> members(
            WatchlistId id, Optional<PersonId> after, long offset, int limit) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT person_id FROM watchlist_members WHERE watchlist_id = :id"
                                        + " AND (:after::uuid IS NULL OR person_id > :after)"
                                        + " ORDER BY person_id OFFSET :offset LIMIT :limit")
                        .bind("id", id.value())
                        .bindByType("after", after.map(PersonId::value).orElse(null), UUID.class)
                        .bind("offset", offset)
                        .bind("limit", limit)
                        .map((row, _) -> new PersonId(Rows.uuid(row, "person_id")))
                        .list());
    }

    @Override
    public long countMembers(WatchlistId id) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT count(*) FROM watchlist_members WHERE watchlist_id = :id")
                        .bind("id", id.value())
                        .mapTo(Long.class)
                        .one());
    }
}
