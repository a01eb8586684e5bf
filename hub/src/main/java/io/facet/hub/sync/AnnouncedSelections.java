package io.facet.hub.sync;

import io.facet.model.AgentId;

/** Selections of which boxes hear at once. Thread-safe. */
public final class AnnouncedSelections implements GallerySelections {
    private final GallerySelections stored;
    private final Runnable galleryChanged;

    /**
     * Wires it.
     *
     * @param galleryChanged told, after the commit, when there may be a new revision
     */
    public AnnouncedSelections(GallerySelections stored, Runnable galleryChanged) {
        this.stored = stored;
        this.galleryChanged = galleryChanged;
    }

    @Override
    public Selected of(AgentId agent) {
        return stored.of(agent);
    }

    @Override
    public Selected select(AgentId agent, GallerySelection selection) {
        Selected selected = stored.select(agent, selection);
        galleryChanged.run();
        return selected;
    }
}
