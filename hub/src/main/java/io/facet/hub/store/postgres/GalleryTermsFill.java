package io.facet.hub.store.postgres;

import io.facet.model.FaceId;
import io.facet.model.PersonId;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Gives faces of an older schema their terms and counts them into the digests. Every step is a
 * transaction; what is done stays done.
 */
final class GalleryTermsFill {
    private static final int STEP = 500;

    private final Vault vault;

    private GalleryTermsFill(Vault vault) {
        this.vault = vault;
    }

    static void run(Database database, Vault vault) {
        GalleryTermsFill fill = new GalleryTermsFill(vault);
        boolean more = true;
        while (more) {
            more = database.transaction(handle -> fill.step(handle) == STEP);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
    private record Filled(FaceId face, String space, byte[] term) {}

    private int step(Handle handle) {
        List<Filled> faces =
                handle.createQuery(
                                "SELECT f.face_id, f.person_id, t.space_id, t.template,"
                                        + " p.wrapped_key FROM face_templates t JOIN faces f USING"
                                        + " (face_id) JOIN people p USING (person_id) WHERE"
                                        + " t.digest_term IS NULL LIMIT :step FOR UPDATE OF t")
                        .bind("step", STEP)
                        .map((row, _) -> {
                            UUID face = Rows.uuid(row, "face_id");
                            UUID person = Rows.uuid(row, "person_id");
                            byte[] template =
                                    vault.personKey(person, Rows.bytes(row, "wrapped_key"))
                                            .open(
                                                    "faces.template",
                                                    face,
                                                    Rows.bytes(row, "template"));
                            return new Filled(
                                    new FaceId(face),
                                    Rows.text(row, "space_id"),
                                    vault.galleryTerm(
                                            new FaceId(face), new PersonId(person), template));
                        })
                        .list();
        faces.forEach(filled -> store(handle, filled));
        return faces.size();
    }

    private static void store(Handle handle, Filled filled) {
        handle.createUpdate(
                        "UPDATE face_templates SET digest_term = :term WHERE face_id = :face AND"
                                + " space_id = :space")
                .bind("term", filled.term())
                .bind("space", filled.space())
                .bind("face", filled.face().value())
                .execute();
        GalleryLog.digest(handle, filled.space(), 1, d -> d.add(filled.term()));
    }
}
