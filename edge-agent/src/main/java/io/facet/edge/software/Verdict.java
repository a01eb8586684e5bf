package io.facet.edge.software;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.crypto.KeyFile;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this box found about the artefact it was last asked for, so that it does not try a bad one
 * again. Asking for another one first lets it be tried anew.
 *
 * @param sha256 empty: the models that the configuration names
 */
record Verdict(String sha256, Standing.State state, String reason) {
    private static final Logger LOG = LoggerFactory.getLogger(Verdict.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The last verdict in a file; empty without one, or when it does not read. */
    static Optional<Verdict> read(Path file) {
        try {
            Optional<byte[]> bytes = KeyFile.read(file);
            return bytes.isEmpty()
                    ? Optional.empty()
                    : Optional.of(JSON.readValue(bytes.get(), Verdict.class));
        } catch (IOException | FacetException unreadable) {
            LOG.warn("{} is unreadable; what it refused may be tried again", file);
            return Optional.empty();
        }
    }

    /**
     * Keeps it in place of the one before.
     *
     * @throws FacetException {@code UNAVAILABLE} when it cannot be written
     */
    void write(Path file) {
        try {
            KeyFile.write(file, JSON.writeValueAsBytes(this));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
