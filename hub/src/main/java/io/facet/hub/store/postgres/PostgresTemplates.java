package io.facet.hub.store.postgres;

import io.facet.hub.people.TemplateStore;
import io.facet.hub.search.TemplateSource;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Templates of every space in PostgreSQL. Thread-safe. */
public final class PostgresTemplates implements TemplateStore, TemplateSource {
    private static final int FETCH = 500;

    private static final String OLD =
            " WHERE space_id NOT IN (SELECT space_id FROM embedding_spaces ORDER BY used_at DESC"
                    + " LIMIT 2)";

    private static final String WITHOUT =
            " FROM faces f WHERE NOT EXISTS (SELECT 1 FROM face_templates t WHERE t.face_id ="
                    + " f.face_id AND t.space_id = :space)";

    private final Database database;
    private final PeopleRows rows;
    private final InstantSource clock;

    public PostgresTemplates(Database database, Vault vault, InstantSource clock) {
        this.database = database;
        this.rows = new PeopleRows(vault);
        this.clock = clock;
    }

    @Override
    public void each(EmbeddingSpace space, Visitor visitor) {
        database.snapshot(handle -> {
            try (var templates =
                    handle
                            .createQuery(PeopleRows.TEMPLATES + " WHERE t.space_id = :space")
                            .bind("space", space.id())
                            .setFetchSize(FETCH)
                            .map((row, _) -> rows.template(row))
                            .stream()) {
                templates.forEach(t ->
                        visitor.visit(t.face(), t.person(), Embedding.fromBytes(space, t.bytes())));
            }
            return true;
        });
    }

    @Override
    public long countWithout(EmbeddingSpace space) {
        return database.transaction(handle ->
                handle.createQuery("SELECT count(*)" + WITHOUT)
                        .bind("space", space.id())
                        .mapTo(Long.class)
                        .one());
    }

    @Override
    public List<FaceId> without(EmbeddingSpace space, Optional<FaceId> after, int limit) {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT f.face_id"
                                        + WITHOUT
                                        + " AND f.face_id > :after ORDER BY f.face_id LIMIT"
                                        + " :limit")
                        .bind("space", space.id())
                        .bind("after", after.map(FaceId::value).orElse(new UUID(0, 0)))
                        .bind("limit", limit)
                        .map((row, _) -> new FaceId(Rows.uuid(row, "face_id")))
                        .list());
    }

    @Override
    public Optional<Added> add(FaceId face, Embedding template) {
        return database.transaction(
                handle -> owner(handle, face).flatMap(owner -> add(handle, owner, face, template)));
    }

    /** Whose a face is, and the key of what is theirs. */
    private record Owner(PersonId person, Vault.PersonKey key) {}

    private Optional<Added> add(Handle handle, Owner owner, FaceId face, Embedding template) {
        byte[] term = rows.vault().galleryTerm(face, owner.person(), template.toBytes());
        if (!TemplateRows.insert(handle, face, owner.key(), template, term)) {
            return Optional.empty();
        }
        long revision =
                new GalleryLog(handle, clock.instant())
                        .put(face, owner.person(), template.space(), term);
        return Optional.of(new Added(owner.person(), revision));
    }

    /** Locks the person, so that nothing is stored under a key that is being destroyed. */
    private Optional<Owner> owner(Handle handle, FaceId face) {
        return handle.createQuery(
                        "SELECT p.person_id, p.wrapped_key FROM people p JOIN faces f USING"
                                + " (person_id) WHERE f.face_id = :face FOR UPDATE OF p")
                .bind("face", face.value())
                .map((row, _) -> {
                    UUID person = Rows.uuid(row, "person_id");
                    return new Owner(
                            new PersonId(person),
                            rows.vault().personKey(person, Rows.bytes(row, "wrapped_key")));
                })
                .findOne();
    }

    @Override
    public void used(EmbeddingSpace space, Instant at) {
        database.transaction(handle ->
                handle.createUpdate(
                                "INSERT INTO embedding_spaces (space_id, used_at) VALUES (:space,"
                                        + " :at) ON CONFLICT (space_id) DO UPDATE SET used_at ="
                                        + " :at")
                        .bind("space", space.id())
                        .bind("at", Rows.at(at))
                        .execute());
    }

    @Override
    public long forgetOld() {
        return database.transaction(handle -> {
            long gone = handle.createUpdate("DELETE FROM face_templates" + OLD).execute();
            handle.createUpdate("DELETE FROM gallery_digests" + OLD).execute();
            return gone;
        });
    }
}
