package io.facet.vision.image;

import java.io.EOFException;
import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file in memory, for ImageIO. Its end costs nothing to reach: the WebP reader runs into it once
 * for every pixel of a file that is shorter than its last word, and by exceptions with their stacks
 * 35 bytes took a processor minutes. Used by one thread.
 */
final class FileBytes extends ImageInputStreamImpl {
    private final byte[] bytes;

    FileBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
        checkClosed();
        setBitOffset(0);
        return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        checkClosed();
        setBitOffset(0);
        if (length == 0) {
            return 0;
        }
        int part = (int) Math.min(length, bytes.length - streamPos);
        if (part <= 0) {
            return -1;
        }
        System.arraycopy(bytes, (int) streamPos, into, offset, part);
        streamPos += part;
        return part;
    }

    @Override
    public byte readByte() throws IOException {
        int read = read();
        if (read < 0) {
            throw new End();
        }
        return (byte) read;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    /** Without the stack, which is what costs. */
    private static final class End extends EOFException {
        private static final long serialVersionUID = 1;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
