package io.facet.edge.uplink;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread; signals given while it works are not lost and count once. */
final class Signal {
    private final Semaphore pending = new Semaphore(0);

    void give() {
        pending.release();
    }

    /** Returns when a signal was given since the last call, or the time is over. */
    void await(Duration atMost) throws InterruptedException {
        if (pending.tryAcquire(Math.max(1, atMost.toNanos()), TimeUnit.NANOSECONDS)) {
            pending.drainPermits();
        }
    }
}
