package io.facet.cli.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;

/** Says, at every tenth of a long file, how much of it was read. Used by one thread. */
final class CountedStream extends FilterInputStream {
    private final long size;
    private final PrintWriter text;
    private long read;
    private long told;

    CountedStream(InputStream in, long size, PrintWriter text) {
        super(in);
        this.size = Math.max(1, size);
        this.text = text;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int got = super.read(into, offset, length);
        read += Math.max(0, got);
        long tenth = read * 10 / size;
        if (tenth > told) {
            told = tenth;
            text.printf("sent %.1f of %.1f MB%n", read / 1e6, size / 1e6);
            text.flush();
        }
        return got;
    }
}
