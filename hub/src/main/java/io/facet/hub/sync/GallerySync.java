package io.facet.hub.sync;

import io.facet.wire.v1.GalleryChanges;
import java.util.Optional;

/** The gallery for edge boxes. Thread-safe. */
public interface GallerySync {
    /**
     * What changed, or the whole gallery where that is shorter or {@code since} is unknown here.
     *
     * @throws io.facet.error.FacetException {@code SPACE_MISMATCH} when the box embeds into another
     *     space than the hub, {@code INVALID_ARGUMENT} for a cursor that is none
     */
    GalleryChanges changes(Request request);

    /** The revision of the newest change. */
    long head();

    /**
     * Where the box stands.
     *
     * @param since the revision it holds; 0 when it holds nothing
     * @param space its embedding space's id
     * @param cursor {@code next_cursor} of the snapshot page before
     */
    record Request(long since, String space, Optional<String> cursor) {}
}
