package io.facet.edge.software;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a download behaves: it leaves the line to the events, and gives up a connection that brings
 * nothing. Thread-safe.
 *
 * @param stall a read may take this long
 * @param bytesPerSecond at most, on average
 */
record Patience(Duration stall, long bytesPerSecond) {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    static final Patience USUAL = new Patience(Duration.ofSeconds(60), 8L << 20);

    /** Begins to watch a stream. */
    Watch watch(InputStream in) {
        return new Watch(in);
    }

    /** One connection. Closing it ends the watch, not the stream. */
    final class Watch implements AutoCloseable {
        private final InputStream in;
        private final long begun = System.nanoTime();
        private final Thread guard;
        private volatile long heard = begun;
        private long bytes;

        private Watch(InputStream in) {
            this.in = in;
            this.guard = Thread.ofVirtual().name("download-guard").start(this::guard);
        }

        /** Some bytes came; waits where they come too fast. */
        void read(int count) throws InterruptedException {
            bytes += count;
            long due = begun + (long) (bytes * 1e9 / bytesPerSecond);
            long early = due - System.nanoTime();
            if (early > 0) {
                Thread.sleep(Duration.ofNanos(early));
            }
            heard = System.nanoTime();
        }

        private void guard() {
            try {
                while (System.nanoTime() - heard < stall.toNanos()) {
                    Thread.sleep(stall.dividedBy(4));
                }
                LOG.warn("the download brought nothing for {} and is begun again", stall);
                in.close();
            } catch (InterruptedException done) {
                Thread.currentThread().interrupt();
            } catch (IOException failure) {
                LOG.debug("a stalled download could not be closed", failure);
            }
        }

        @Override
        public void close() {
            guard.interrupt();
        }
    }
}
