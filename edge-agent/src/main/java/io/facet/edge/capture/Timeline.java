package io.facet.edge.capture;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Gives recorded frames the times they would have, had a camera taken them now: the first frame is
 * taken at the start, the others follow by their own distances.
 *
 * <p>In real time a reader that falls more than a second behind starts anew from now on, as a
 * camera would not wait either. One thread.
 */
final class Timeline {
    private static final long MAX_LAG = Duration.ofSeconds(1).toNanos();
    private static final long NAP = Duration.ofMillis(50).toNanos();

    private final InstantSource clock;
    private final boolean realTime;
    private final BooleanSupplier cancelled;
    private Instant startedAt;
    private long startNanos;
    private long lastOffset;

    Timeline(InstantSource clock, boolean realTime, BooleanSupplier cancelled) {
        this.clock = clock;
        this.realTime = realTime;
        this.cancelled = cancelled;
        this.startedAt = clock.instant();
        this.startNanos = System.nanoTime();
    }

    /** Waits until the frame is due; false when cancelled meanwhile. */
    boolean await(long offset) {
        lastOffset = offset;
        if (!realTime) {
            return !cancelled.getAsBoolean();
        }
        long left = startNanos + offset - System.nanoTime();
        if (left < -MAX_LAG) {
            startedAt = clock.instant().minusNanos(offset);
            startNanos = System.nanoTime() - offset;
        }
        while (left > 0) {
            if (cancelled.getAsBoolean()) {
                return false;
            }
            LockSupport.parkNanos(Math.min(left, NAP));
            left = startNanos + offset - System.nanoTime();
        }
        return !cancelled.getAsBoolean();
    }

    /** Stamps the frame whose turn {@link #await} gave. */
    void stamp(FrameBuffer frame, long index) {
        frame.stamp(index, startedAt.plusNanos(lastOffset), startNanos + lastOffset);
    }
}
