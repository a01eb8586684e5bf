package io.facet.hub.backup;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM over a stream of any length, in pieces, so that nothing unproven is ever handed on.
 *
 * <p>Head: eight letters, kind of key (1), salt (16). Then pieces: length (4), ciphertext and tag.
 * The nonce of a piece is its number and whether it is the last (as in STREAM, Hoang and others
 * 2015), so that pieces can be neither swapped, left out, nor cut off at the end; the key is the
 * file's own, by its salt. The head is authenticated with every piece.
 */
final class SealedFile {
    static final int PIECE = 64 * 1024;

    private static final byte[] MAGIC = "FACETBK1".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT = 16;
    private static final int TAG = 16;

    private final SecretKeySpec key;
    private final byte[] head;
    private long number;

    private SealedFile(byte[] key, byte[] head) {
        this.key = new SecretKeySpec(key, "AES");
        this.head = head;
    }

    /** A stream that encrypts; complete only when closed. */
    static OutputStream writer(OutputStream out, BackupKey key, SecureRandom random)
            throws IOException {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        byte[] head =
                ByteBuffer.allocate(MAGIC.length + 1 + SALT)
                        .put(MAGIC)
                        .put(key.kind())
                        .put(salt)
                        .array();
        out.write(head);
        return new Writer(new SealedFile(key.forSalt(salt), head), new DataOutputStream(out));
    }

    /**
     * A stream that decrypts.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} when it is no backup, or not for this kind of
     *     key
     */
    static InputStream reader(InputStream in, BackupKey key) throws IOException {
        byte[] head = in.readNBytes(MAGIC.length + 1 + SALT);
        if (head.length < MAGIC.length + 1 + SALT
                || !Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new FacetException(ErrorCode.INVALID_ARGUMENT, "this file is no backup of Facet");
        }
        if (head[MAGIC.length] != key.kind()) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    head[MAGIC.length] == 1
                            ? "this backup needs its passphrase"
                            : "this backup needs its key file");
        }
        byte[] salt = Arrays.copyOfRange(head, MAGIC.length + 1, head.length);
        return new Reader(new SealedFile(key.forSalt(salt), head), new DataInputStream(in));
    }

    private byte[] apply(int mode, byte[] piece, int length, boolean last) {
        byte[] nonce =
                ByteBuffer.allocate(12).putLong(3, number).put(11, (byte) (last ? 1 : 0)).array();
        number++;
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce));
            cipher.updateAAD(head);
            return cipher.doFinal(piece, 0, length);
        } catch (GeneralSecurityException wrong) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the backup does not open: the passphrase or key is another, or the file was"
                            + " changed or cut off",
                    wrong);
        }
    }

    /** Encrypts. */
    private static final class Writer extends OutputStream {
        private final SealedFile file;
        private final DataOutputStream out;
        private final byte[] piece = new byte[PIECE];
        private int filled;
        private boolean closed;

        Writer(SealedFile file, DataOutputStream out) {
            this.file = file;
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int done = 0;
            while (done < length) {
                if (filled == PIECE) {
                    flushPiece(false);
                }
                int part = Math.min(length - done, PIECE - filled);
                System.arraycopy(bytes, offset + done, piece, filled, part);
                filled += part;
                done += part;
            }
        }

        private void flushPiece(boolean last) throws IOException {
            byte[] sealed = file.apply(Cipher.ENCRYPT_MODE, piece, filled, last);
            out.writeInt(last ? -sealed.length : sealed.length);
            out.write(sealed);
            filled = 0;
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                flushPiece(true);
                out.close();
            }
        }
    }

    /** Decrypts. */
    private static final class Reader extends InputStream {
        private final SealedFile file;
        private final DataInputStream in;
        private byte[] piece = new byte[0];
        private int at;
        private boolean ended;

        Reader(SealedFile file, DataInputStream in) {
            this.file = file;
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return fill() ? piece[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int part = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, into, offset, part);
            at += part;
            return part;
        }

        private boolean fill() throws IOException {
            while (at == piece.length) {
                if (ended) {
                    return false;
                }
                next();
            }
            return true;
        }

        private void next() throws IOException {
            try {
                int length = in.readInt();
                boolean last = length < 0;
                int size = Math.abs(length);
                if (size < TAG || size > PIECE + TAG) {
                    throw damaged(null);
                }
                byte[] sealed = new byte[size];
                in.readFully(sealed);
                piece = file.apply(Cipher.DECRYPT_MODE, sealed, size, last);
                at = 0;
                ended = last;
            } catch (java.io.EOFException cut) {
                throw damaged(cut);
            }
        }

        private static FacetException damaged(@org.jspecify.annotations.Nullable Throwable cause) {
            return new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "the backup is damaged or cut off", cause);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
