package io.facet.edge.sync;

import io.facet.wire.v1.GalleryChanges;
import java.util.Optional;

/** Where pages of the gallery come from. */
@FunctionalInterface
interface GallerySource {
    /**
     * A page.
     *
     * @param since the revision held
     * @param cursor goes on with a snapshot
     * @throws io.facet.error.FacetException {@code UNAVAILABLE}, {@code UNAUTHENTICATED}, {@code
     *     SPACE_MISMATCH}
     */
    GalleryChanges fetch(long since, Optional<String> cursor) throws InterruptedException;
}
