package io.facet.hub.software;

import io.facet.model.AgentId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Signed files for boxes. Thread-safe. */
public interface ArtefactService {
    /**
     * Takes in a release; the same one again changes nothing.
     *
     * @param by who gives it
     * @throws io.facet.error.FacetException {@code INVALID_ARGUMENT} when it is no release for
     *     boxes, {@code REQUEST_TOO_LARGE}, {@code DISK_FULL}
     * @throws IOException when it does not arrive
     */
    Artefact add(InputStream release, String by) throws IOException;

    /**
     * Makes a signed file of a model pack; the same pack makes the same file.
     *
     * @throws io.facet.error.FacetException {@code INVALID_ARGUMENT}, {@code MODEL_UNAVAILABLE} for
     *     a pack that cannot be had
     */
    Artefact addModels(String pack, String by) throws IOException;

    /** Newest first. */
    List<Artefact> list();

    Optional<Artefact> get(Sha256 sha256);

    /** Whether the file itself lies here. */
    boolean isHere(Sha256 sha256);

    /**
     * Removes one and its file.
     *
     * @return false when there was none
     * @throws io.facet.error.FacetException {@code CONFLICT} while it is in use
     */
    boolean remove(Sha256 sha256);

    /**
     * A file that a box is to have.
     *
     * @throws io.facet.error.FacetException {@code NOT_FOUND} when it is not to have it, {@code
     *     UNAVAILABLE} when this hub lacks it or gives out as many as it can
     */
    Handed hand(AgentId agent, Sha256 sha256);

    /** A file being read; closing makes room for the next. */
    interface Handed extends AutoCloseable {
        Path file();

        @Override
        void close();
    }
}
