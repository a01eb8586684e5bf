package io.facet.edge.software;

import io.facet.crypto.KeyFile;
import io.facet.error.FacetException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the hub wants, remembered so that it goes on without the hub. Thread-safe. */
final class WantedFile {
    private static final Logger LOG = LoggerFactory.getLogger(WantedFile.class);

    private final Path file;
    private volatile Wanted now;

    /** Reads what was wanted last; nothing when nobody asked yet, or the file is lost. */
    WantedFile(Path file) {
        this.file = file;
        this.now = read(file);
    }

    private static Wanted read(Path file) {
        try {
            return KeyFile.read(file).map(Wanted::parse).orElse(Wanted.NOTHING);
        } catch (FacetException unreadable) {
            LOG.warn("what software to run is unreadable and waits for the hub");
            return Wanted.NOTHING;
        }
    }

    Wanted now() {
        return now;
    }

    /**
     * Takes the hub's message.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} when it is none
     */
    void accept(byte[] message) {
        Wanted wanted = Wanted.parse(message);
        if (wanted.equals(now)) {
            return;
        }
        now = wanted;
        try {
            KeyFile.write(file, message);
        } catch (FacetException fullDisk) {
            LOG.warn("what software to run could not be remembered: {}", fullDisk.reason());
        }
    }
}
