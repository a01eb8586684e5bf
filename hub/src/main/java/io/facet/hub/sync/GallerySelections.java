package io.facet.hub.sync;

import io.facet.model.AgentId;

/** Which box is told of whom, at rest. Thread-safe. */
public interface GallerySelections {
    /** What is in force for a box. */
    Selected of(AgentId agent);

    /**
     * Tells a box of others from now on; the same again changes nothing.
     *
     * @throws io.facet.error.FacetException {@code NOT_FOUND} when there is no such box
     */
    Selected select(AgentId agent, GallerySelection selection);

    /**
     * A selection in force.
     *
     * @param since the gallery's revision from which on; what a box has from before is replaced
     */
    record Selected(GallerySelection selection, long since) {
        public static final Selected DEFAULT = new Selected(new GallerySelection.Everybody(), 0);
    }
}
