package io.facet.hub.store.postgres;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.facet.hub.sync.GallerySelection;
import io.facet.hub.sync.GalleryStore;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import io.facet.wire.GalleryDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The gallery and its log in PostgreSQL. Thread-safe. */
public final class PostgresGallery implements GalleryStore {
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final int DIGESTS_KEPT = 256;

    /** Who is on one of :lists that has not ended. */
    private static final String ON_LISTS =
            "FROM watchlist_members m JOIN watchlists w ON w.watchlist_id = m.watchlist_id AND NOT"
                    + " w.ended WHERE m.watchlist_id = ANY(:lists)";

    private static final String MEMBERS = " f.person_id IN (SELECT m.person_id " + ON_LISTS + ")";

    private final Database database;
    private final PeopleRows rows;
    private final Cache<Part, byte[]> digests =
            Caffeine.newBuilder().maximumSize(DIGESTS_KEPT).build();

    /** A part of the gallery at a revision, whose digest never changes. */
    private record Part(EmbeddingSpace space, GallerySelection selection, long head) {}

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
    public Optional<EmbeddingSpace> space(String id) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT dimension FROM face_templates WHERE space_id = :space"
                                        + " LIMIT 1")
                        .bind("space", id)
                        .map((row, _) -> new EmbeddingSpace(id, row.getInt("dimension")))
                        .findOne());
    }

    @Override
    public Optional<Delta> changes(
            EmbeddingSpace space, GallerySelection selection, long since, int limit) {
        return database.snapshot(handle -> {
            if (since < GalleryLog.begins(handle)) {
                return Optional.empty();
            }
            long head = GalleryLog.head(handle);
            long to = Math.min(head, since + limit);
            List<Entry> entries =
                    selection instanceof GallerySelection.Nobody
                            ? List.of()
                            : entries(handle, space, selection, since, to);
            return Optional.of(
                    new Delta(
                            to,
                            head,
                            entries,
                            to == head
                                    ? Optional.of(digest(handle, new Part(space, selection, head)))
                                    : Optional.empty()));
        });
    }

    @Override
    public int forgetLog(Instant before) {
        return database.transaction(handle -> GalleryLog.forget(handle, before));
    }

    @Override
    public Page snapshot(
            EmbeddingSpace space, GallerySelection selection, Optional<FaceId> after, int limit) {
        return database.snapshot(handle -> {
            long head = GalleryLog.head(handle);
            List<Template> faces =
                    selection instanceof GallerySelection.Nobody
                            ? List.of()
                            : faces(handle, space, selection, after, limit + 1);
            boolean more = faces.size() > limit;
            return new Page(
                    head,
                    more ? faces.subList(0, limit) : faces,
                    more,
                    digest(handle, new Part(space, selection, head)));
        });
    }

    private List<Template> faces(
            Handle handle,
            EmbeddingSpace space,
            GallerySelection selection,
            Optional<FaceId> after,
            int limit) {
        boolean all = selection instanceof GallerySelection.Everybody;
        return handle.createQuery(
                        PeopleRows.TEMPLATES
                                + " WHERE t.space_id = :space AND f.face_id > :after AND (:all OR"
                                + MEMBERS
                                + ") ORDER BY f.face_id LIMIT :limit")
                .bind("space", space.id())
                .bind("after", after.map(FaceId::value).orElse(BEFORE_ALL))
                .bind("all", all)
                .bindArray("lists", UUID.class, PostgresSelections.lists(selection))
                .bind("limit", limit)
                .map((row, _) -> template(row))
                .list();
    }

    private byte[] digest(Handle handle, Part part) {
        return switch (part.selection()) {
            case GallerySelection.Everybody _ -> GalleryLog.digest(handle, part.space());
            case GallerySelection.Nobody _ -> new GalleryDigest().value();
            case GallerySelection.Members _ -> digests.get(part, p -> counted(handle, p));
        };
    }

    private static byte[] counted(Handle handle, Part part) {
        GalleryDigest digest = new GalleryDigest();
        handle.createQuery(
                        "SELECT t.digest_term FROM face_templates t JOIN faces f USING (face_id)"
                                + " WHERE t.space_id = :space AND"
                                + MEMBERS)
                .bind("space", part.space().id())
                .bindArray("lists", UUID.class, PostgresSelections.lists(part.selection()))
                .map((row, _) -> Rows.bytes(row, "digest_term"))
                .forEach(digest::add);
        return digest.value();
    }

    /** A row of the log, joined to what is there now. */
    private record Step(long revision, Optional<Entry> entry, Optional<PersonId> joined) {}

    /**
     * A face put and removed since appears as its removal only; whoever came onto a list, or went
     * off it, appears as the list has them now.
     */
    private List<Entry> entries(
            Handle handle, EmbeddingSpace space, GallerySelection selection, long since, long to) {
        boolean all = selection instanceof GallerySelection.Everybody;
        List<Step> steps =
                handle.createQuery(
                                "SELECT l.revision, l.kind, l.face_id, l.person_id, t.space_id,"
                                        + " t.dimension, t.template, t.digest_term, p.wrapped_key,"
                                        + " p.profile, t.face_id IS NOT NULL AS there, :all OR"
                                        + " EXISTS (SELECT 1 "
                                        + ON_LISTS
                                        + " AND m.person_id = l.person_id) AS chosen"
                                        + " FROM gallery_log l"
                                        + " LEFT JOIN people p ON p.person_id = l.person_id"
                                        + " LEFT JOIN face_templates t ON t.face_id = l.face_id"
                                        + " AND t.space_id = :space"
                                        + " WHERE l.revision > :since AND l.revision <= :to"
                                        + " AND (l.space_id IS NULL OR l.space_id = :space)"
                                        + " AND l.kind <> 'select'"
                                        + " AND (l.watchlist_id IS NULL OR l.watchlist_id ="
                                        + " ANY(:lists)) ORDER BY l.revision")
                        .bind("since", since)
                        .bind("to", to)
                        .bind("all", all)
                        .bindArray("lists", UUID.class, PostgresSelections.lists(selection))
                        .bind("space", space.id())
                        .map((row, _) -> step(row))
                        .list();
        List<Entry> entries = new ArrayList<>();
        for (Step step : steps) {
            step.entry().ifPresent(entries::add);
            step.joined()
                    .ifPresent(person ->
                            facesOf(handle, space, person)
                                    .forEach(t -> entries.add(new Entry.Put(step.revision(), t))));
        }
        return entries;
    }

    private List<Template> facesOf(Handle handle, EmbeddingSpace space, PersonId person) {
        return handle.createQuery(
                        PeopleRows.TEMPLATES
                                + " WHERE t.space_id = :space AND f.person_id = :person"
                                + " ORDER BY f.face_id")
                .bind("space", space.id())
                .bind("person", person.value())
                .map((row, _) -> template(row))
                .list();
    }

    private Step step(ResultSet row) throws SQLException {
        long revision = row.getLong("revision");
        boolean chosen = row.getBoolean("chosen");
        PersonId person = new PersonId(Rows.uuid(row, "person_id"));
        Optional<Entry> entry =
                switch (Rows.text(row, "kind")) {
                    case "put" ->
                            chosen && row.getBoolean("there")
                                    ? Optional.of(new Entry.Put(revision, template(row)))
                                    : Optional.empty();
                    case "remove_face" ->
                            Optional.of(
                                    new Entry.RemovedFace(
                                            revision, new FaceId(Rows.uuid(row, "face_id"))));
                    case "person" ->
                            chosen && row.getBytes("profile") != null
                                    ? Optional.of(
                                            new Entry.Renamed(revision, person, rows.name(row)))
                                    : Optional.empty();
                    case "remove_person" -> Optional.of(new Entry.RemovedPerson(revision, person));
                    case "leave" ->
                            chosen
                                    ? Optional.empty()
                                    : Optional.of(new Entry.RemovedPerson(revision, person));
                    case "join" -> Optional.empty();
                    default ->
                            throw new IllegalStateException("unknown kind at revision " + revision);
                };
        boolean joined = chosen && "join".equals(Rows.text(row, "kind"));
        return new Step(revision, entry, joined ? Optional.of(person) : Optional.empty());
    }

    private Template template(ResultSet row) throws SQLException {
        PeopleRows.Template t = rows.template(row);
        return new Template(t.face(), t.person(), t.personName(), t.bytes());
    }
}
