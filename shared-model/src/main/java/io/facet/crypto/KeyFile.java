package io.facet.crypto;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Secrets in files that only their owner can read (0600). A file appears whole and on disk under
 * its name, or not at all. Thread-safe across processes: of two creators one wins, both read its
 * bytes.
 */
public final class KeyFile {
    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);

    private KeyFile() {}

    /**
     * Reads a secret; empty when there is no such file.
     *
     * @throws FacetException {@code UNAVAILABLE} when it cannot be read
     */
    public static Optional<byte[]> read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            tighten(file);
            return Optional.of(bytes);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failure) {
            throw unusable(file, failure);
        }
    }

    /** Reads a secret, or stores the one {@code fresh} makes when there is none yet. */
    public static byte[] readOrCreate(Path file, Supplier<byte[]> fresh) {
        Optional<byte[]> there = read(file);
        if (there.isPresent()) {
            return there.get();
        }
        byte[] bytes = fresh.get();
        try {
            Path temporary = written(file, bytes);
            try {
                // A link, unlike a move, never replaces a file that came to be meanwhile.
                Files.createLink(file, temporary);
            } finally {
                Files.deleteIfExists(temporary);
            }
            syncFolder(file);
            return bytes;
        } catch (FileAlreadyExistsException otherWasFirst) {
            return read(file).orElseThrow(() -> unusable(file, otherWasFirst));
        } catch (IOException failure) {
            throw unusable(file, failure);
        }
    }

    /** Stores a secret in place of whatever was there. */
    public static void write(Path file, byte[] bytes) {
        try {
            Path temporary = written(file, bytes);
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            syncFolder(file);
        } catch (IOException failure) {
            throw unusable(file, failure);
        }
    }

    private static Path written(Path file, byte[] bytes) throws IOException {
        Path folder = folder(file);
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, ".key", ".tmp", PRIVATE);
        try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        } catch (IOException failure) {
            Files.deleteIfExists(temporary);
            throw failure;
        }
        return temporary;
    }

    private static void syncFolder(Path file) throws IOException {
        try (FileChannel folder = FileChannel.open(folder(file), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static void tighten(Path file) throws IOException {
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            LOG.warn("{} could be read by others; it is private now, consider a new key", file);
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " is no file");
        }
        return parent;
    }

    private static FacetException unusable(Path file, IOException failure) {
        return new FacetException(
                ErrorCode.UNAVAILABLE,
                "cannot use the key file "
                        + file
                        + "; check that its folder exists, is writable and belongs to this user",
                failure);
    }
}
