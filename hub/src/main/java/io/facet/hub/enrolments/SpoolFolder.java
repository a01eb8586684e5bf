package io.facet.hub.enrolments;

import io.facet.crypto.AtRest;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Uploads on disk while they are worked on: a chain of sealed pieces of a megabyte, under a key
 * that only this process has. What a crash leaves is noise, and is deleted at the next start.
 * Thread-safe.
 */
public final class SpoolFolder {
    private static final int PIECE = 1 << 20;

    /** Kept free for everybody else. */
    private static final long SPARE = 1L << 30;

    private final Path folder;
    private final AtRest seal;

    public SpoolFolder(Path folder) {
        this.folder = folder;
        SecureRandom random = new SecureRandom();
        this.seal = new AtRest(AtRest.newKey(random), random);
        clear();
    }

    private void clear() {
        try {
            Files.createDirectories(folder);
            List<Path> left;
            try (Stream<Path> files = Files.list(folder)) {
                left = files.filter(Files::isRegularFile).toList();
            }
            for (Path file : left) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Takes in a whole upload.
     *
     * @throws FacetException {@code REQUEST_TOO_LARGE}, {@code DISK_FULL}; nothing is left then
     */
    Spooled keep(UUID id, InputStream in, long most) throws IOException {
        Path file = folder.resolve(id + ".sealed");
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            long bytes = 0;
            int number = 0;
            byte[] piece = in.readNBytes(PIECE);
            while (piece.length > 0) {
                bytes += piece.length;
                check(bytes, most);
                byte[] sealed = seal.seal(piece, context(id, number));
                out.writeInt(sealed.length);
                out.write(sealed);
                number++;
                piece = in.readNBytes(PIECE);
            }
            return new Spooled(file, id, seal, number);
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(file);
            throw failure;
        }
    }

    private void check(long bytes, long most) throws IOException {
        if (bytes > most) {
            throw new FacetException(
                    ErrorCode.REQUEST_TOO_LARGE,
                    "an upload has at most " + most + " bytes; send several");
        }
        if (Files.getFileStore(folder).getUsableSpace() < SPARE) {
            throw new FacetException(
                    ErrorCode.DISK_FULL, "the disk of the data folder is nearly full; make room");
        }
    }

    private static byte[] context(UUID id, int number) {
        return ByteBuffer.allocate(20)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(number)
                .array();
    }

    /** An upload, to be read as often as wanted. */
    record Spooled(Path file, UUID id, AtRest seal, int pieces) {
        InputStream open() throws IOException {
            return new BufferedInputStream(
                    new Pieces(
                            this,
                            new DataInputStream(
                                    new BufferedInputStream(Files.newInputStream(file)))));
        }

        void delete() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /** The pieces one after the other, each checked against its place. */
    private static final class Pieces extends InputStream {
        private final Spooled spooled;
        private final DataInputStream in;
        private int next;
        private byte @Nullable [] piece;
        private int at;

        Pieces(Spooled spooled, DataInputStream in) {
            this.spooled = spooled;
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            byte[] present = piece;
            if (present == null || at == present.length) {
                if (next == spooled.pieces()) {
                    return -1;
                }
                byte[] sealed = new byte[in.readInt()];
                in.readFully(sealed);
                present = spooled.seal().open(sealed, context(spooled.id(), next));
                piece = present;
                next++;
                at = 0;
            }
            int count = Math.min(length, present.length - at);
            System.arraycopy(present, at, target, offset, count);
            at += count;
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
