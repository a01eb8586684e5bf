package io.facet.hub.store.postgres;

import io.facet.hub.events.EventKind;
import io.facet.hub.events.EventQuery;
import io.facet.hub.events.EventStore;
import io.facet.model.EventId;
import io.facet.model.Jpeg;
import io.facet.model.PersonId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** Events in PostgreSQL. A batch costs at most five round trips, whatever its size. Thread-safe. */
public final class PostgresEvents implements EventStore {
    private final Database database;
    private final Vault vault;
    private final Evidence evidence;
    private final EventPartitions partitions;

    public PostgresEvents(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
        this.evidence = new Evidence(vault);
        this.partitions = new EventPartitions(database);
    }

    /** Makes the partitions of the coming months; call at the start and every day or so. */
    public void prepare(Instant now) {
        partitions.ahead(now);
    }

    @Override
    public Set<EventId> add(List<Entry> entries) {
        if (entries.isEmpty()) {
            return Set.of();
        }
        Map<UUID, Entry> byId = new LinkedHashMap<>();
        entries.forEach(entry -> byId.putIfAbsent(entry.event().header().id().value(), entry));
        partitions.ensure(byId.values().stream().map(Entry::occurredAt).toList());
        return database.transaction(handle -> add(handle, byId));
    }

    private Set<EventId> add(Handle handle, Map<UUID, Entry> byId) {
        Set<UUID> fresh = claim(handle, byId);
        List<Evidence.Kept> events =
                byId.entrySet().stream()
                        .filter(e -> fresh.contains(e.getKey()))
                        .map(e -> Evidence.Kept.of(e.getValue()))
                        .toList();
        Map<PersonId, Vault.PersonKey> keys = evidence.keys(handle, events);
        List<Evidence.Kept> kept =
                events.stream()
                        .map(e ->
                                e.person().filter(p -> !keys.containsKey(p)).isPresent()
                                        ? e.without()
                                        : e)
                        .toList();
        if (!kept.isEmpty()) {
            PreparedBatch batch = handle.prepareBatch(EventRows.INSERT);
            kept.forEach(e -> EventRows.bind(batch, e.entry(), e.crop().isPresent()));
            batch.execute();
            evidence.insert(handle, kept, keys);
            WebhookOutbox.add(handle, kept.stream().map(Evidence.Kept::entry).toList());
        }
        Set<EventId> ids = new HashSet<>();
        fresh.forEach(id -> ids.add(new EventId(id)));
        return ids;
    }

    /** Takes the ids nobody has; a second taker of one waits for the first one's commit. */
    private static Set<UUID> claim(Handle handle, Map<UUID, Entry> byId) {
        // One order for everybody, so that two batches with common ids cannot deadlock.
        List<Map.Entry<UUID, Entry>> ordered =
                byId.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        Set<UUID> fresh = new HashSet<>();
        handle.createQuery(
                        "INSERT INTO event_ids (event_id, occurred_at)"
                                + " SELECT * FROM unnest(:ids::uuid[], :times::timestamptz[])"
                                + " ON CONFLICT DO NOTHING RETURNING event_id")
                .bindArray("ids", UUID.class, ordered.stream().map(Map.Entry::getKey).toArray())
                .bindArray(
                        "times",
                        OffsetDateTime.class,
                        ordered.stream().map(e -> Rows.at(e.getValue().occurredAt())).toArray())
                .map((row, _) -> Rows.uuid(row, "event_id"))
                .forEach(fresh::add);
        return fresh;
    }

    @Override
    public List<Row> page(EventQuery query) {
        Where where = new Where(query);
        return database.transaction(handle ->
                where.bind(
                                handle.createQuery(
                                        "SELECT * FROM events e WHERE "
                                                + where.sql()
                                                + " ORDER BY e.occurred_at DESC,"
                                                + " e.event_id DESC OFFSET :offset LIMIT"
                                                + " :limit"))
                        .bind("offset", query.offset())
                        .bind("limit", query.limit() + 1)
                        .map((row, _) -> EventRows.row(row))
                        .list());
    }

    @Override
    public Optional<Row> find(EventId id, SiteScope sites) {
        return database.transaction(handle ->
                        handle.createQuery(
                                        "SELECT e.* FROM event_ids i JOIN events e USING"
                                                + " (event_id, occurred_at) WHERE i.event_id ="
                                                + " :id")
                                .bind("id", id.value())
                                .map((row, _) -> EventRows.row(row))
                                .findOne())
                .filter(row -> sites.permits(row.entry().event().header().site()));
    }

    @Override
    public Optional<Jpeg> crop(EventId id, SiteScope sites) {
        if (find(id, sites).isEmpty()) {
            return Optional.empty();
        }
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT v.crop, v.person_id, p.wrapped_key FROM event_ids i"
                                        + " JOIN event_evidence v USING (event_id,"
                                        + " occurred_at) LEFT JOIN people p USING (person_id)"
                                        + " WHERE i.event_id = :id AND v.crop IS NOT NULL")
                        .bind("id", id.value())
                        .map((row, _) -> crop(row, id.value()))
                        .findOne()
                        .flatMap(crop -> crop));
    }

    private Optional<Jpeg> crop(ResultSet row, UUID event) throws SQLException {
        byte[] sealed = Rows.bytes(row, "crop");
        Optional<UUID> person = Rows.maybeUuid(row, "person_id");
        byte[] wrapped = row.getBytes("wrapped_key");
        if (person.isEmpty()) {
            return Optional.of(evidence.crop(event, Optional.empty(), sealed));
        }
        return wrapped == null
                ? Optional.empty()
                : Optional.of(
                        evidence.crop(
                                event,
                                Optional.of(vault.personKey(person.get(), wrapped)),
                                sealed));
    }

    /** The conditions of a query and their values. */
    private record Where(EventQuery query) {
        String sql() {
            StringBuilder sql = new StringBuilder("true");
            query.from().ifPresent(_ -> sql.append(" AND e.occurred_at >= :from"));
            query.to().ifPresent(_ -> sql.append(" AND e.occurred_at < :to"));
            query.camera().ifPresent(_ -> sql.append(" AND e.camera_id = :camera"));
            query.person().ifPresent(_ -> sql.append(" AND e.person_id = :person"));
            query.watchlist().ifPresent(_ -> sql.append(" AND :watchlist = ANY(e.watchlists)"));
            query.after()
                    .ifPresent(_ -> sql.append(" AND (e.occurred_at, e.event_id) < (:at, :after)"));
            if (!query.kinds().isEmpty()) {
                sql.append(" AND e.kind = ANY(:kinds)");
            }
            if (query.sites() instanceof SiteScope.Only) {
                sql.append(" AND e.site_id = ANY(:sites)");
            }
            return sql.toString();
        }

        Query bind(Query sql) {
            query.from().ifPresent(t -> sql.bind("from", Rows.at(t)));
            query.to().ifPresent(t -> sql.bind("to", Rows.at(t)));
            query.camera().ifPresent(id -> sql.bind("camera", id.value()));
            query.person().ifPresent(id -> sql.bind("person", id.value()));
            query.watchlist().ifPresent(id -> sql.bind("watchlist", id.value()));
            query.after()
                    .ifPresent(place ->
                            sql.bind("at", Rows.at(place.occurredAt()))
                                    .bind("after", place.id().value()));
            if (!query.kinds().isEmpty()) {
                sql.bindArray(
                        "kinds",
                        String.class,
                        query.kinds().stream().map(EventKind::wireName).toArray());
            }
            if (query.sites() instanceof SiteScope.Only only) {
                sql.bindArray(
                        "sites", String.class, only.sites().stream().map(SiteId::value).toArray());
            }
            return sql;
        }
    }
}
