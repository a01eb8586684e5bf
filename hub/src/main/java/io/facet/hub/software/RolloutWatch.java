package io.facet.hub.software;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after roll-outs every few seconds, and soon after a box said something of its software.
 * Thread-safe.
 */
public final class RolloutWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutWatch.class);
    private static final long EVERY_MS = 5_000;

    /** A thousand boxes that say something at once are looked at once. */
    private static final long GAP_MS = 200;

    private final Runnable look;
    private final Semaphore news = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /** Runs from its making on. */
    public RolloutWatch(Runnable look) {
        this.look = look;
        this.thread = Thread.ofPlatform().daemon().name("roll-outs").start(this::run);
    }

    /** There is something new to look at. */
    public void wake() {
        news.release();
    }

    private void run() {
        try {
            while (!closed) {
                attempt();
                Thread.sleep(GAP_MS);
                var _ = news.tryAcquire(EVERY_MS, TimeUnit.MILLISECONDS);
                news.drainPermits();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt() {
        try {
            look.run();
        } catch (RuntimeException failure) {
            LOG.warn("roll-outs wait for the next look", failure);
        }
    }

    /** Lets a look that has begun end: its transaction is the database's. */
    @Override
    public void close() {
        closed = true;
        wake();
        try {
            thread.join(10_000);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
