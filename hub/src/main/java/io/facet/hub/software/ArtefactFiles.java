package io.facet.hub.software;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.error.FullDisk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Artefacts in a folder, each under its SHA-256: written beside it, forced to disk and renamed, so
 * that a file under such a name is whole. What a crash left unfinished is deleted at the start.
 * Thread-safe.
 */
public final class ArtefactFiles {
    /** No artefact is larger. */
    static final long MOST_BYTES = 2L << 30;

    /** Kept free for everybody else. */
    private static final long SPARE = 1L << 30;

    private static final int PIECE = 1 << 20;
    private static final String PART = ".part";

    private final Path folder;

    public ArtefactFiles(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            List<Path> unfinished;
            try (Stream<Path> files = Files.list(folder)) {
                unfinished = files.filter(file -> file.toString().endsWith(PART)).toList();
            }
            for (Path file : unfinished) {
                discard(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A file or folder, with all that is in it. */
    private static void discard(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /**
     * A file that arrived and has no name yet; gone when closed without {@link #keep}.
     *
     * @param size in bytes
     */
    record Arrived(Path part, Path folder, Sha256 sha256, long size) implements AutoCloseable {
        /** Gives it its name; the same content again changes nothing. */
        void keep() {
            try {
                Path file = folder.resolve(sha256.hex());
                Files.move(
                        part,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            } catch (IOException failure) {
                throw unwritable(failure);
            }
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(part);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /**
     * Takes in a whole file.
     *
     * @throws FacetException {@code REQUEST_TOO_LARGE}, {@code DISK_FULL}; nothing is left then
     * @throws IOException when it does not arrive
     */
    Arrived take(InputStream in) throws IOException {
        Path part = newPart();
        MessageDigest digest = sha256();
        long size = 0;
        try (FileChannel out = create(part)) {
            for (byte[] piece = in.readNBytes(PIECE);
                    piece.length > 0;
                    piece = in.readNBytes(PIECE)) {
                size += piece.length;
                checkRoom(size);
                digest.update(piece);
                write(out, piece);
            }
            out.force(true);
        } catch (IOException failure) {
            Files.deleteIfExists(part);
            if (FullDisk.caused(failure)) {
                throw unwritable(failure);
            }
            throw failure;
        } catch (RuntimeException failure) {
            Files.deleteIfExists(part);
            throw failure;
        }
        return new Arrived(
                part, folder, new Sha256(HexFormat.of().formatHex(digest.digest())), size);
    }

    /** Writes a file's content. */
    @FunctionalInterface
    interface Writer {
        /**
         * Writes it.
         *
         * @param scratch an empty folder on the same disk, deleted afterwards
         */
        void write(Path scratch, OutputStream out) throws IOException;
    }

    /** Takes in what is made here. */
    Arrived make(Writer writer) throws IOException {
        Path scratch = Files.createDirectory(newPart());
        Path made = newPart();
        try {
            try (OutputStream out = Files.newOutputStream(made)) {
                writer.write(scratch, out);
            }
            try (InputStream in = Files.newInputStream(made)) {
                return take(in);
            }
        } catch (IOException failure) {
            if (FullDisk.caused(failure)) {
                throw unwritable(failure);
            }
            throw failure;
        } finally {
            Files.deleteIfExists(made);
            discard(scratch);
        }
    }

    private Path newPart() {
        return folder.resolve(UUID.randomUUID() + PART);
    }

    private static FileChannel create(Path part) throws IOException {
        return FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static void write(FileChannel out, byte[] piece) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(piece);
        while (left.hasRemaining()) {
            out.write(left);
        }
    }

    private void checkRoom(long size) throws IOException {
        if (size > MOST_BYTES) {
            throw new FacetException(
                    ErrorCode.REQUEST_TOO_LARGE,
                    "an artefact has at most " + MOST_BYTES + " bytes");
        }
        if (Files.getFileStore(folder).getUsableSpace() < SPARE) {
            throw new FacetException(
                    ErrorCode.DISK_FULL,
                    "the disk of the data folder is nearly full; make room, or remove artefacts"
                            + " that no box needs any more");
        }
    }

    private static FacetException unwritable(IOException failure) {
        return new FacetException(
                FullDisk.caused(failure) ? ErrorCode.DISK_FULL : ErrorCode.UNAVAILABLE,
                "an artefact cannot be written to the data folder; check its disk",
                failure);
    }

    /** Where it lies; empty when this hub does not have it. */
    Optional<Path> find(Sha256 sha256) {
        return Optional.of(folder.resolve(sha256.hex())).filter(Files::isRegularFile);
    }

    void delete(Sha256 sha256) {
        try {
            Files.deleteIfExists(folder.resolve(sha256.hex()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
