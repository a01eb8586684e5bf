package io.facet.edge.outbox;

import io.facet.crypto.KeyFile;
import io.facet.error.FacetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A number no sequence given out lies above, in a file of its own, so that sequences go on upwards
 * when the outbox itself is lost. Reserved in blocks: only a lost outbox leaves a gap. Not
 * thread-safe.
 */
final class SequenceFloor {
    private static final Logger LOG = LoggerFactory.getLogger(SequenceFloor.class);
    private static final long BLOCK = 10_000;

    private final Path file;
    private long floor;
    private boolean failing;

    SequenceFloor(Path file) {
        this.file = file;
        this.floor = KeyFile.read(file).map(bytes -> parse(file, bytes)).orElse(0L);
    }

    long value() {
        return floor;
    }

    /** Call before a sequence is given out. */
    void reserve(long sequence) {
        if (sequence <= floor) {
            return;
        }
        long next = sequence + BLOCK - 1;
        try {
            KeyFile.write(file, Long.toString(next).getBytes(StandardCharsets.US_ASCII));
            floor = next;
            failing = false;
        } catch (FacetException fullDisk) {
            if (!failing) {
                LOG.warn("{} could not be written and is tried again: {}", file, fullDisk.reason());
            }
            failing = true;
        }
    }

    private static long parse(Path file, byte[] bytes) {
        try {
            return Long.parseLong(new String(bytes, StandardCharsets.US_ASCII).strip());
        } catch (NumberFormatException damaged) {
            LOG.warn("{} holds no number and is started again", file);
            return 0;
        }
    }
}
