package io.facet.hub.store.postgres;

import io.facet.model.Embedding;
import io.facet.model.FaceId;
import org.jdbi.v3.core.Handle;

/** Writes templates. Stateless. */
final class TemplateRows {
    private TemplateRows() {}

    /** Stores one; false when the face has one of that space already. */
    static boolean insert(
            Handle handle, FaceId face, Vault.PersonKey key, Embedding template, byte[] term) {
        return handle.createUpdate(
                                "INSERT INTO face_templates (space_id, face_id, dimension,"
                                        + " template, digest_term) VALUES (:space, :face,"
                                        + " :dimension, :template, :term) ON CONFLICT DO NOTHING")
                        .bind("space", template.space().id())
                        .bind("face", face.value())
                        .bind("dimension", template.space().dimension())
                        .bind(
                                "template",
                                key.seal("faces.template", face.value(), template.toBytes()))
                        .bind("term", term)
                        .execute()
                == 1;
    }
}
