package io.facet.edge.sync;

import com.google.protobuf.ByteString;
import io.facet.edge.gallery.GalleryPage;
import io.facet.edge.gallery.GalleryPage.Change;
import io.facet.edge.gallery.GalleryPage.Part;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import io.facet.wire.GalleryTerms;
import io.facet.wire.WireIds;
import io.facet.wire.v1.GalleryChange;
import io.facet.wire.v1.GalleryChanges;
import io.facet.wire.v1.GalleryTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Wire pages to gallery pages, checked. Stateless. */
final class PageReader {
    private static final long MOST_SECONDS = Duration.ofDays(36_500).toSeconds();

    private PageReader() {}

    /** What a page is added to. */
    enum Sequel {
        /** Nothing: it begins a gallery from the first revision on, snapshot or history alike. */
        TO_NOTHING,
        /** An earlier page of the same whole gallery. */
        TO_A_PAGE,
        /** The gallery that is held. */
        TO_WHAT_IS_HELD
    }

    /**
     * The page.
     *
     * @param held the revision a delta must begin at
     * @param sequel what came before
     * @throws FacetException {@code SPACE_MISMATCH} when it is of another space, {@code CONFLICT}
     *     when it does not go on top of what is held, {@code INVALID_ARGUMENT} when it is malformed
     */
    static GalleryPage read(GalleryChanges wire, EmbeddingSpace space, long held, Sequel sequel) {
        if (!wire.getSpaceId().equals(space.id()) || wire.getDimension() != space.dimension()) {
            throw new FacetException(
                    ErrorCode.SPACE_MISMATCH,
                    "the hub's gallery is of embedding space "
                            + wire.getSpaceId()
                            + ", this box's models are of "
                            + space.id()
                            + "; give both the same pack");
        }
        if (!wire.getSnapshot() && wire.getFromRevision() != held) {
            throw new FacetException(
                    ErrorCode.CONFLICT,
                    "the hub's changes begin at revision "
                            + wire.getFromRevision()
                            + ", this box is at "
                            + held);
        }
        try {
            return new GalleryPage(
                    part(wire, sequel),
                    wire.getToRevision(),
                    changes(wire, space),
                    digestKey(wire),
                    Duration.ofSeconds(Math.clamp(wire.getLeaseSeconds(), 0, MOST_SECONDS)));
        } catch (IllegalArgumentException malformed) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the hub's gallery is malformed: " + malformed.getMessage(),
                    malformed);
        }
    }

    private static byte[] digestKey(GalleryChanges wire) {
        if (wire.getDigestKey().size() != GalleryTerms.BYTES) {
            throw new IllegalArgumentException("the digest key is missing");
        }
        return wire.getDigestKey().toByteArray();
    }

    private static Part part(GalleryChanges wire, Sequel sequel) {
        boolean last = !wire.getMore();
        return switch (sequel) {
            case TO_NOTHING -> last ? Part.WHOLE_SNAPSHOT : Part.SNAPSHOT_BEGINS;
            case TO_A_PAGE -> last ? Part.SNAPSHOT_ENDS : Part.SNAPSHOT_GOES_ON;
            case TO_WHAT_IS_HELD -> {
                if (!wire.getSnapshot()) {
                    yield Part.DELTA;
                }
                yield last ? Part.WHOLE_SNAPSHOT : Part.SNAPSHOT_BEGINS;
            }
        };
    }

    private static List<Change> changes(GalleryChanges wire, EmbeddingSpace space) {
        List<Change> changes = new ArrayList<>(wire.getChangesCount());
        long before = 0;
        for (GalleryChange change : wire.getChangesList()) {
            if (!wire.getSnapshot() && change.getRevision() < before) {
                throw new IllegalArgumentException("revisions descend");
            }
            before = change.getRevision();
            changes.add(change(change, space));
        }
        return changes;
    }

    private static Change change(GalleryChange wire, EmbeddingSpace space) {
        return switch (wire.getChangeCase()) {
            case PUT -> put(wire.getPut(), space);
            case REMOVED_FACE_ID ->
                    new Change.RemoveFace(
                            new FaceId(WireIds.uuid("face_id", wire.getRemovedFaceId())));
            case PERSON ->
                    new Change.Rename(
                            person(wire.getPerson().getPersonId()), wire.getPerson().getName());
            case REMOVED_PERSON_ID -> new Change.RemovePerson(person(wire.getRemovedPersonId()));
            case CHANGE_NOT_SET ->
                    throw new IllegalArgumentException(
                            "a change is of a kind unknown here; update the agent");
        };
    }

    private static Change put(GalleryTemplate wire, EmbeddingSpace space) {
        return new Change.Put(
                new FaceId(WireIds.uuid("face_id", wire.getFaceId())),
                person(wire.getPersonId()),
                wire.getPersonName(),
                Embedding.fromBytes(space, wire.getEmbedding().toByteArray()));
    }

    private static PersonId person(ByteString id) {
        return new PersonId(WireIds.uuid("person_id", id));
    }
}
