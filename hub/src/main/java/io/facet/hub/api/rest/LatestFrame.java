package io.facet.hub.api.rest;

import io.facet.hub.cameras.LiveFrame;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A slot for the newest live picture: one that nobody took yet gives way to the next, so that a
 * slow viewer costs one picture of memory and sees no old ones. Thread-safe.
 */
final class LatestFrame implements Consumer<LiveFrame> {
    private @Nullable LiveFrame newest;

    @Override
    public synchronized void accept(LiveFrame frame) {
        newest = frame;
        notifyAll();
    }

    /** The newest picture, once there is one; empty when none came in time. */
    synchronized Optional<LiveFrame> take(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); newest == null && left > 0; ) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
            left = end - System.nanoTime();
        }
        Optional<LiveFrame> taken = Optional.ofNullable(newest);
        newest = null;
        return taken;
    }
}
