package io.facet.edge.camera;

import io.facet.edge.camera.CameraSettings.Handover;
import io.facet.edge.capture.FrameBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands frames from the thread that reads to the thread that looks, one at a time: three buffers go
 * round, one being written, one waiting, one being looked at, so nothing is copied or allocated.
 * When a frame comes before the waiting one was taken, the newer wins, or the reader waits.
 */
final class FrameSlot {
    private final Handover handover;
    private final ArrayDeque<FrameBuffer> free = new ArrayDeque<>(3);
    private @Nullable FrameBuffer waiting;
    private long dropped;
    private boolean closed;

    FrameSlot(Handover handover) {
        this.handover = handover;
        for (int i = 0; i < 3; i++) {
            free.add(new FrameBuffer());
        }
    }

    /** A buffer for the reader to write its first frame to; never called again. */
    synchronized FrameBuffer first() {
        return free.remove();
    }

    /** Hands over a frame and gives the buffer for the next one. */
    synchronized FrameBuffer put(FrameBuffer frame) throws InterruptedException {
        while (handover == Handover.EVERY && waiting != null && !closed) {
            wait();
        }
        FrameBuffer older = waiting;
        waiting = frame;
        notifyAll();
        if (older != null) {
            dropped++;
            return older;
        }
        return free.remove();
    }

    /** The next frame; empty when none came in time or the slot is closed and empty. */
    synchronized Optional<FrameBuffer> take(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        long left = timeout.toNanos();
        while (waiting == null && !closed && left > 0) {
            wait(Math.max(1, left / 1_000_000));
            left = deadline - System.nanoTime();
        }
        FrameBuffer frame = waiting;
        waiting = null;
        notifyAll();
        return Optional.ofNullable(frame);
    }

    /** The newer frame that has come since this one was taken, if one may be dropped for it. */
    synchronized FrameBuffer newest(FrameBuffer taken) {
        FrameBuffer newer = waiting;
        if (handover == Handover.EVERY || newer == null) {
            return taken;
        }
        waiting = null;
        dropped++;
        free.add(taken);
        return newer;
    }

    /** Gives a taken frame's buffer back. */
    synchronized void giveBack(FrameBuffer frame) {
        free.add(frame);
    }

    /** Frames that were never looked at because a newer one came. */
    synchronized long dropped() {
        return dropped;
    }

    /** No frame comes any more; the waiting one can still be taken. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isDone() {
        return closed && waiting == null;
    }
}
