package io.facet.edge.gallery;

import io.facet.model.Embedding;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import java.time.Duration;
import java.util.List;

/**
 * A run of changes that is applied as one.
 *
 * @param part what the page is a part of
 * @param revision reached when the page is applied; of a snapshot, when its last page is
 * @param digestKey of io.facet.wire.GalleryTerms
 * @param lease how long everything may be kept without the hub; zero is for ever
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record GalleryPage(
        Part part, long revision, List<Change> changes, byte[] digestKey, Duration lease) {
    public GalleryPage {
        changes = List.copyOf(changes);
    }

    /** What a page is a part of. */
    public enum Part {
        /** Changes on top of what is held. */
        DELTA,
        /** The first page of a snapshot, with more to come. */
        SNAPSHOT_BEGINS,
        /** A page in the middle of a snapshot. */
        SNAPSHOT_GOES_ON,
        /** The last page of a snapshot of several. */
        SNAPSHOT_ENDS,
        /** A snapshot in one page. */
        WHOLE_SNAPSHOT;

        boolean begins() {
            return this == SNAPSHOT_BEGINS || this == WHOLE_SNAPSHOT;
        }

        boolean ends() {
            return this == SNAPSHOT_ENDS || this == WHOLE_SNAPSHOT;
        }
    }

    /** One change. */
    public sealed interface Change {
        /** A face is added or replaced. */
        record Put(FaceId face, PersonId person, String name, Embedding embedding)
                implements Change {}

        /** A face is gone. */
        record RemoveFace(FaceId face) implements Change {}

        /** A person has another name. */
        record Rename(PersonId person, String name) implements Change {}

        /** A person is gone with every face. */
        record RemovePerson(PersonId person) implements Change {}
    }
}
