package io.facet.hub.api.grpc;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Deadline;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Where calls that look at pictures wait for their turn: a few run at a time, the others queue in
 * order, and a call whose deadline passed or whose caller left is turned away unseen. How many
 * calls and bytes may wait is bounded. Thread-safe.
 */
final class Gate {
    /** For calls without a deadline. */
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final Semaphore running;
    private final Semaphore inside;
    private final AtomicLong bytes = new AtomicLong();
    private final long mostBytes;

    /**
     * Sets the bounds.
     *
     * @param running calls at a time
     * @param inside calls running or waiting
     * @param mostBytes of pictures of all calls inside
     */
    Gate(int running, int inside, long mostBytes) {
        this.running = new Semaphore(running, true);
        this.inside = new Semaphore(inside);
        this.mostBytes = mostBytes;
    }

    /**
     * Runs the work when its turn comes.
     *
     * @param size bytes of its pictures
     * @throws FacetException {@code RATE_LIMITED} when too much is waiting
     * @throws io.grpc.StatusRuntimeException when the call ended before its turn
     */
    <T> T run(long size, Supplier<T> work) {
        if (!inside.tryAcquire()) {
            throw busy();
        }
        try {
            // A single call always fits, so that the bound on one picture is said elsewhere.
            if (bytes.addAndGet(size) > mostBytes && bytes.get() > size) {
                throw busy();
            }
            return inTurn(work);
        } finally {
            bytes.addAndGet(-size);
            inside.release();
        }
    }

    private <T> T inTurn(Supplier<T> work) {
        Context context = Context.current();
        boolean mine = await(context);
        try {
            if (context.isCancelled()) {
                throw Contexts.statusFromCancelled(context).asRuntimeException();
            } else if (!mine) {
                throw busy();
            }
            return work.get();
        } finally {
            if (mine) {
                running.release();
            }
        }
    }

    private boolean await(Context context) {
        long nanos =
                Optional.ofNullable(context.getDeadline())
                        .map((Deadline d) -> d.timeRemaining(TimeUnit.NANOSECONDS))
                        .orElse(TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS));
        try {
            return running.tryAcquire(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static FacetException busy() {
        return new FacetException(
                ErrorCode.RATE_LIMITED, "too many pictures are waiting; try again in a moment");
    }
}
