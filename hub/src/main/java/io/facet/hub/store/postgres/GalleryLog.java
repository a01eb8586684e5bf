package io.facet.hub.store.postgres;

import io.facet.hub.watchlists.WatchlistId;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import io.facet.wire.GalleryDigest;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes the gallery log within a caller's transaction.
 *
 * <p>The first revision of a transaction locks the head until the commit, so revisions become
 * visible in order. Take it after everything slow.
 */
final class GalleryLog {
    private final Handle handle;
    private final Instant at;

    GalleryLog(Handle handle, Instant at) {
        this.handle = handle;
        this.at = at;
    }

    /**
     * A face was stored.
     *
     * @param term of {@link io.facet.wire.GalleryTerms}
     */
    long put(FaceId face, PersonId person, EmbeddingSpace space, byte[] term) {
        long revision = log("put", person, face.value(), space.id());
        digest(handle, space.id(), 1, d -> d.add(term));
        return revision;
    }

    long removed(FaceId face, PersonId person, EmbeddingSpace space, byte[] term) {
        long revision = log("remove_face", person, face.value(), space.id());
        forget(space, term);
        return revision;
    }

    /** Takes a face out of the digest; its person's removal is logged as one. */
    void forget(EmbeddingSpace space, byte[] term) {
        digest(handle, space.id(), -1, d -> d.remove(term));
    }

    long renamed(PersonId person) {
        return log("person", person, null, null);
    }

    long removed(PersonId person) {
        return log("remove_person", person, null, null);
    }

    /** A box is told of others from now on. */
    long selected() {
        return log("select", null, null, null);
    }

    /** People came onto a watchlist, or went off it. */
    void moved(WatchlistId list, Collection<PersonId> people, boolean on) {
        if (people.isEmpty()) {
            return;
        }
        long last =
                handle.createQuery(
                                "UPDATE gallery_head SET revision = revision + :n RETURNING"
                                        + " revision")
                        .bind("n", people.size())
                        .mapTo(Long.class)
                        .one();
        handle.createUpdate(
                        "INSERT INTO gallery_log (revision, kind, person_id, watchlist_id, at)"
                                + " SELECT :before + n, :kind, person, :list, :at FROM"
                                + " unnest(:people) WITH ORDINALITY AS p (person, n)")
                .bind("before", last - people.size())
                .bind("kind", on ? "join" : "leave")
                .bind("list", list.value())
                .bind("at", Rows.at(at))
                .bindArray("people", UUID.class, people.stream().map(PersonId::value).toArray())
                .execute();
    }

    static long head(Handle handle) {
        return handle.createQuery("SELECT revision FROM gallery_head").mapTo(Long.class).one();
    }

    static byte[] digest(Handle handle, EmbeddingSpace space) {
        return digestRow(handle, space.id()).orElseGet(() -> new GalleryDigest().value());
    }

    /** The log knows every change after this revision. */
    static long begins(Handle handle) {
        return handle.createQuery("SELECT log_from FROM gallery_head").mapTo(Long.class).one();
    }

    /** Forgets the oldest entries up to the first that is not older, whatever clocks have said. */
    static int forget(Handle handle, Instant before) {
        handle.createUpdate(
                        "UPDATE gallery_head SET log_from = greatest(log_from, coalesce((SELECT"
                                + " min(revision) - 1 FROM gallery_log WHERE at >= :before),"
                                + " revision))")
                .bind("before", Rows.at(before))
                .execute();
        return handle.createUpdate(
                        "DELETE FROM gallery_log WHERE revision <= (SELECT log_from FROM"
                                + " gallery_head)")
                .execute();
    }

    private long log(
            String kind, @Nullable PersonId person, @Nullable UUID face, @Nullable String space) {
        long revision =
                handle.createQuery(
                                "UPDATE gallery_head SET revision = revision + 1 RETURNING revision")
                        .mapTo(Long.class)
                        .one();
        handle.createUpdate(
                        "INSERT INTO gallery_log (revision, kind, person_id, face_id, space_id, at)"
                                + " VALUES (:revision, :kind, :person, :face, :space, :at)")
                .bind("revision", revision)
                .bind("kind", kind)
                .bindByType("person", person == null ? null : person.value(), UUID.class)
                .bindByType("face", face, UUID.class)
                .bindByType("space", space, String.class)
                .bind("at", Rows.at(at))
                .execute();
        return revision;
    }

    static void digest(Handle handle, String space, int faces, Consumer<GalleryDigest> step) {
        GalleryDigest digest =
                digestRow(handle, space).map(GalleryDigest::from).orElseGet(GalleryDigest::new);
        step.accept(digest);
        handle.createUpdate(
                        "INSERT INTO gallery_digests (space_id, faces, digest)"
                                + " VALUES (:space, :faces, :digest)"
                                + " ON CONFLICT (space_id) DO UPDATE"
                                + " SET faces = gallery_digests.faces + :faces, digest = :digest")
                .bind("space", space)
                .bind("faces", (long) faces)
                .bind("digest", digest.value())
                .execute();
    }

    private static Optional<byte[]> digestRow(Handle handle, String space) {
        return handle.createQuery("SELECT digest FROM gallery_digests WHERE space_id = :space")
                .bind("space", space)
                .map((row, _) -> Rows.bytes(row, "digest"))
                .findOne();
    }
}
