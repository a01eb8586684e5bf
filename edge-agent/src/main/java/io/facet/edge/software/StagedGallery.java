package io.facet.edge.software;

import io.facet.edge.gallery.LocalGallery;
import io.facet.edge.sync.GallerySync;
import io.facet.lifecycle.Lifecycle;
import io.facet.vision.catalog.ResolvedPack;
import java.nio.file.Path;

/**
 * The gallery of models that are not in use yet, kept up to date until they are: so that a box that
 * changes its models knows everybody from the first frame on. Thread-safe.
 */
public final class StagedGallery implements AutoCloseable {
    private final LocalGallery gallery;
    private final GallerySync sync;
    private final Lifecycle parts = new Lifecycle();

    /** Opens the gallery of a pack. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens one, and begins to fill it.
         *
         * @throws io.facet.error.FacetException when the file cannot be used
         */
        StagedGallery open(Path file, ResolvedPack pack);
    }

    /** Takes over both. */
    public StagedGallery(LocalGallery gallery, GallerySync sync) {
        this.gallery = gallery;
        this.sync = sync;
        parts.own("gallery", gallery);
        parts.own("gallery sync", sync);
    }

    /** Whether it was once as the hub has it. */
    boolean complete() {
        return sync.complete();
    }

    /** Why it is not; empty while nothing is known to be wrong. */
    String trouble() {
        return sync.trouble();
    }

    int faces() {
        return gallery.size();
    }

    void announced(long revision) {
        sync.announced(revision);
    }

    @Override
    public void close() {
        parts.close();
    }
}
