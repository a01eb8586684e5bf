package io.facet.hub.sync;

import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The gallery and its log at rest. Thread-safe. */
public interface GalleryStore {
    long head();

    /** The space of this id; empty when no template is of it. */
    Optional<EmbeddingSpace> space(String id);

    /**
     * Changes after a revision, in order, as of one moment; empty when the log does not reach back
     * to it any more.
     *
     * @param selection whose changes; unchanged since that revision
     * @param limit log entries looked at, at most
     */
    Optional<Delta> changes(
            EmbeddingSpace space, GallerySelection selection, long since, int limit);

    /**
     * Takes out of the log what is older, erasures too; who is further behind gets everything anew.
     *
     * @return how many entries went
     */
    int forgetLog(Instant before);

    /**
     * Templates in order of face id, as of one moment.
     *
     * @param after the last face of the page before
     */
    Page snapshot(
            EmbeddingSpace space, GallerySelection selection, Optional<FaceId> after, int limit);

    /**
     * Entries of the log.
     *
     * @param to the revision reached
     * @param head the newest revision there is
     * @param digest at the head; empty when {@code to} is before the head
     */
    record Delta(long to, long head, List<Entry> entries, Optional<byte[]> digest) {
        public Delta {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Faces of a snapshot.
     *
     * @param digest at the head
     */
    @SuppressWarnings("ArrayRecordComponent") // carried to the wire, never compared
    record Page(long head, List<Template> faces, boolean more, byte[] digest) {
        public Page {
            faces = List.copyOf(faces);
        }
    }

    /** A face with its template, little-endian float32. */
    @SuppressWarnings("ArrayRecordComponent") // carried to the wire, never compared
    record Template(FaceId face, PersonId person, String name, byte[] embedding) {}

    /** One change, as it stands now: what was put and is gone since is left out. */
    sealed interface Entry {
        long revision();

        /** A face, added. */
        record Put(long revision, Template template) implements Entry {}

        /** A face, removed. */
        record RemovedFace(long revision, FaceId face) implements Entry {}

        /** A person, renamed. */
        record Renamed(long revision, PersonId person, String name) implements Entry {}

        /** A person, erased with every face. */
        record RemovedPerson(long revision, PersonId person) implements Entry {}
    }
}
