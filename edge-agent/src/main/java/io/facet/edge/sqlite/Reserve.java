package io.facet.edge.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Room kept for a full disk: SQLite needs some even to delete. A file of zeros that is given up
 * when nothing else can be written, and made again once the disk has room. Not thread-safe.
 */
public final class Reserve {
    private static final Logger LOG = LoggerFactory.getLogger(Reserve.class);

    /** Enough to take many events out of an outbox. */
    private static final int BYTES = 2 << 20;

    /** So much must be free that the reserve is not what fills the disk. */
    private static final long FREE_FIRST = 8L * BYTES;

    private final Path folder;
    private final Path file;
    private boolean held;

    /** A reserve that an earlier run may have left. */
    public Reserve(Path folder, String name) {
        this.folder = folder;
        this.file = folder.resolve(name);
        this.held = file.toFile().length() == BYTES;
    }

    /** Gives the room to whoever writes next; false when there was none to give. */
    public boolean release() {
        if (!held) {
            return false;
        }
        held = false;
        try {
            Files.deleteIfExists(file);
            LOG.warn("the disk is full; the {} bytes kept for that are used", BYTES);
            return true;
        } catch (IOException failure) {
            LOG.warn("{} cannot be given up", file, failure);
            return false;
        }
    }

    /** Takes the room when it is not held and the disk has plenty; whether that was so. */
    public boolean hold() {
        if (held || folder.toFile().getUsableSpace() < FREE_FIRST) {
            return false;
        }
        try (FileChannel out =
                FileChannel.open(
                        file,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer zeros = ByteBuffer.allocate(BYTES);
            while (zeros.hasRemaining()) {
                out.write(zeros);
            }
            out.force(true);
            held = true;
        } catch (IOException full) {
            LOG.debug("no reserve yet", full);
        }
        return held;
    }
}
