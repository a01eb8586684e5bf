package io.facet.hub.store.postgres;

import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * What becomes of kept answers when somebody is erased whom they are about: they go with them, and
 * only that there was one stays, so that nothing is made a second time. Stateless.
 *
 * <p>Whoever keeps an answer locks the people it is about, and erasing deletes their rows before it
 * looks for answers: whichever comes second sees the other.
 */
final class KeptAnswers {
    /** With {@code :id}, of a person whose faces are still there. */
    static final String FACES_FORGET =
            "UPDATE idempotent_calls SET answer = NULL, erased = true, mentions = NULL WHERE answer"
                    + " IS NOT NULL AND mentions && (SELECT array_agg(face_id) FROM faces WHERE"
                    + " person_id = :id)";

    /** With {@code :id}; answers of which nobody wrote down whom they are about go as well. */
    static final String FORGET =
            "UPDATE idempotent_calls SET answer = NULL, erased = true, mentions = NULL WHERE answer"
                    + " IS NOT NULL AND (mentions IS NULL OR mentions @> ARRAY[CAST(:id AS uuid)])";

    private KeptAnswers() {}

    /** Holds off erasing these, by their own ids or their faces'; whether one is erased already. */
    static boolean lock(Handle handle, Set<UUID> about) {
        if (about.isEmpty()) {
            return false;
        }
        Object[] ids = about.toArray();
        handle.createQuery(
                        "SELECT person_id FROM people WHERE person_id = ANY(:ids) OR person_id IN"
                                + " (SELECT person_id FROM faces WHERE face_id = ANY(:ids))"
                                + " ORDER BY person_id FOR KEY SHARE")
                .bindArray("ids", UUID.class, ids)
                .mapTo(UUID.class)
                .list();
        return handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM erasures WHERE person_id = ANY(:ids))")
                .bindArray("ids", UUID.class, ids)
                .mapTo(Boolean.class)
                .one();
    }
}
