package io.facet.hub.api.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Interrupts the thread that made it when one write takes too long: the other end does not read,
 * and what the server writes to has no time-out of its own. Made, used and closed by that thread.
 */
final class WriteGuard implements AutoCloseable {
    private static final long IDLE = Long.MIN_VALUE;

    private final OutputStream out;
    private final Duration patience;
    private final Thread writer = Thread.currentThread();
    private final Thread watch;
    private volatile long begun = IDLE;
    private boolean closed;

    WriteGuard(OutputStream out, Duration patience) {
        this.out = out;
        this.patience = patience;
        watch = Thread.ofVirtual().name("write-guard").start(this::watch);
    }

    /**
     * Writes and flushes.
     *
     * @throws IOException also when it took too long
     */
    void write(byte[]... pieces) throws IOException {
        begun = System.nanoTime();
        try {
            for (byte[] piece : pieces) {
                out.write(piece);
            }
            out.flush();
        } finally {
            begun = IDLE;
        }
        if (Thread.interrupted()) {
            throw new IOException("the reader was too slow");
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(patience.dividedBy(4));
                interruptIfLate();
            }
        } catch (InterruptedException _) {
            // Closed: nothing is written any more.
        }
    }

    private synchronized void interruptIfLate() {
        long since = begun;
        if (!closed && since != IDLE && System.nanoTime() - since > patience.toNanos()) {
            writer.interrupt();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        watch.interrupt();
        // Left over from the moment of closing; the thread serves other calls.
        Thread.interrupted();
    }
}
