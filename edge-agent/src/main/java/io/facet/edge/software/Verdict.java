package io.facet.edge.software;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.crypto.KeyFile;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.file.Files;
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

    /** Whether the artefact is at fault, so that trying it again would change nothing. */
    static boolean forGood(FacetException failure) {
        return switch (failure.code()) {
            case PERMISSION_DENIED, CONFLICT, INVALID_ARGUMENT, MODEL_CORRUPT -> true;
            default -> false;
        };
    }

    /** With its code, for programs. */
    static String reason(FacetException failure) {
        return failure.code().wireName() + ": " + failure.reason();
    }

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

    /** Removes the verdict in a file when it is about another artefact than this one. */
    static void forgetBut(Path file, String sha256) {
        try {
            if (read(file).filter(verdict -> !verdict.sha256().equals(sha256)).isPresent()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            LOG.warn("{} is left: {}", file, failure.toString());
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
