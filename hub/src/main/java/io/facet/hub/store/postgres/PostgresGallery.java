package io.facet.hub.store.postgres;

import io.facet.hub.sync.GalleryStore;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The gallery and its log in PostgreSQL. Thread-safe. */
public final class PostgresGallery implements GalleryStore {
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Database database;
    private final PeopleRows rows;

    public PostgresGallery(Database database, Vault vault) {
        this.database = database;
        this.rows = new PeopleRows(vault);
        GalleryTermsFill.run(database, vault);
    }

    @Override
    public long head() {
        return database.transaction(GalleryLog::head);
    }

    @Override
    public Delta changes(EmbeddingSpace space, long since, int limit) {
        return database.snapshot(handle -> {
            long head = GalleryLog.head(handle);
            long to = Math.min(head, since + limit);
            List<Entry> entries = entries(handle, space, since, to);
            return new Delta(
                    to,
                    head,
                    entries,
                    to == head ? Optional.of(GalleryLog.digest(handle, space)) : Optional.empty());
        });
    }

    @Override
    public Page snapshot(EmbeddingSpace space, Optional<FaceId> after, int limit) {
        return database.snapshot(handle -> {
            List<Template> faces =
                    handle.createQuery(
                                    PeopleRows.TEMPLATES
                                            + " WHERE f.space_id = :space AND f.face_id >"
                                            + " :after ORDER BY f.face_id LIMIT :limit")
                            .bind("space", space.id())
                            .bind("after", after.map(FaceId::value).orElse(BEFORE_ALL))
                            .bind("limit", limit + 1)
                            .map((row, _) -> template(row))
                            .list();
            boolean more = faces.size() > limit;
            return new Page(
                    GalleryLog.head(handle),
                    more ? faces.subList(0, limit) : faces,
                    more,
                    GalleryLog.digest(handle, space));
        });
    }

    /** Joined to what is there now: a face put and removed since appears as its removal only. */
    private List<Entry> entries(Handle handle, EmbeddingSpace space, long since, long to) {
        List<Entry> entries = new ArrayList<>();
        handle.createQuery(
                        "SELECT l.revision, l.kind, l.face_id, l.person_id, f.space_id,"
                                + " f.dimension, f.template, f.digest_term, p.wrapped_key, p.profile,"
                                + " f.face_id IS NOT NULL AS there"
                                + " FROM gallery_log l"
                                + " LEFT JOIN people p ON p.person_id = l.person_id"
                                + " LEFT JOIN faces f ON f.face_id = l.face_id"
                                + " WHERE l.revision > :since AND l.revision <= :to"
                                + " AND (l.space_id IS NULL OR l.space_id = :space)"
                                + " ORDER BY l.revision")
                .bind("since", since)
                .bind("to", to)
                .bind("space", space.id())
                .map((row, _) -> entry(row))
                .forEach(entry -> entry.ifPresent(entries::add));
        return entries;
    }

    private Optional<Entry> entry(ResultSet row) throws SQLException {
        long revision = row.getLong("revision");
        PersonId person = new PersonId(Rows.uuid(row, "person_id"));
        return switch (Rows.text(row, "kind")) {
            case "put" ->
                    row.getBoolean("there")
                            ? Optional.of(new Entry.Put(revision, template(row)))
                            : Optional.empty();
            case "remove_face" ->
                    Optional.of(
                            new Entry.RemovedFace(revision, new FaceId(Rows.uuid(row, "face_id"))));
            case "person" ->
                    row.getBytes("profile") == null
                            ? Optional.empty()
                            : Optional.of(new Entry.Renamed(revision, person, rows.name(row)));
            case "remove_person" -> Optional.of(new Entry.RemovedPerson(revision, person));
            default -> throw new IllegalStateException("unknown kind at revision " + revision);
        };
    }

    private Template template(ResultSet row) throws SQLException {
        PeopleRows.Template t = rows.template(row);
        return new Template(t.face(), t.person(), t.personName(), t.bytes());
    }
}
