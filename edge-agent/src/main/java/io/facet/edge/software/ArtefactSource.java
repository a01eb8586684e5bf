package io.facet.edge.software;

import java.io.IOException;
import java.io.InputStream;

/** Where artefacts come from. */
@FunctionalInterface
interface ArtefactSource {
    /**
     * A file from a place on.
     *
     * @param from bytes that are here already
     * @throws io.facet.error.FacetException {@code UNAVAILABLE}, {@code UNAUTHENTICATED}
     */
    Rest open(Artefact artefact, long from) throws IOException, InterruptedException;

    /**
     * The rest of a file; the caller closes it.
     *
     * @param from where it begins: as asked, or 0 when it comes as a whole
     */
    record Rest(long from, InputStream bytes) {}
}
