package io.facet.edge.outbox;

import io.facet.edge.sqlite.Reserve;
import io.facet.edge.sqlite.Trouble;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that touches the outbox's file. Work that waits together is committed together, so
 * that many cameras share one flush of the disk; a caller comes back when its work is on disk.
 *
 * <p>Work whose transaction fails is tried again by itself, after a new file was started when the
 * old one is damaged, or after room was made when the disk is full: the reserve goes first, then,
 * for the sake of a new event, the oldest events of a priority no higher than its own. What fails
 * then fails for its caller only.
 */
final class OutboxWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxWriter.class);
    private static final int MAX_TOGETHER = 64;

    /** Something done to the rows, in a transaction; may run more than once, commits once. */
    @FunctionalInterface
    interface Work<T> {
        T run(OutboxTable table) throws SQLException;
    }

    /** Opens the file, or starts a new one in place of a damaged one. */
    interface Files {
        OutboxTable open() throws SQLException;

        OutboxTable replace() throws SQLException;
    }

    /**
     * What waits.
     *
     * @param worth the priority of the event it stores, known once it was tried; empty for all else
     */
    private record Task<T>(
            Work<T> work, Supplier<Optional<Priority>> worth, CompletableFuture<T> done) {}

    private final Files files;
    private final Reserve reserve;
    private final BlockingQueue<Task<?>> tasks = new ArrayBlockingQueue<>(1024);
    private final Thread thread;
    private volatile boolean closing;
    private volatile BooleanSupplier spare = () -> false;
    private OutboxTable table;

    OutboxWriter(Files files, Reserve reserve) throws SQLException {
        this.files = files;
        this.reserve = reserve;
        this.table = opened();
        reserve.hold();
        this.thread = Thread.ofPlatform().name("outbox").start(this::run);
    }

    /**
     * Does work and waits until it is on disk, also while the caller is interrupted: half an answer
     * would be no answer.
     *
     * @throws FacetException {@code DISK_FULL} or {@code UNAVAILABLE} when it could not be done
     */
    <T> T call(Work<T> work) {
        return call(work, Optional::empty);
    }

    /**
     * As {@link #call(Work)}, for an event that others may be given up for.
     *
     * @param worth its priority, once the work was tried
     */
    <T> T call(Work<T> work, Supplier<Optional<Priority>> worth) {
        Task<T> task = new Task<>(work, worth, new CompletableFuture<>());
        enqueue(task);
        try {
            return task.done.join();
        } catch (CompletionException failure) {
            throw explain(failure.getCause());
        }
    }

    /** Under the monitor, so that nothing is queued behind the back of a writer that has ended. */
    private synchronized void enqueue(Task<?> task) {
        if (closing) {
            throw new FacetException(ErrorCode.UNAVAILABLE, "the outbox is closed");
        }
        Waiting.untilDone(() -> tasks.put(task));
    }

    /**
     * Asks this for room before any event is given up for another.
     *
     * @param giveUp lets something go on a full disk; whether it did
     */
    void useSpare(BooleanSupplier giveUp) {
        spare = giveUp;
    }

    private void run() {
        List<Task<?>> together = new ArrayList<>(MAX_TOGETHER);
        while (!closing || !tasks.isEmpty()) {
            try {
                together.add(tasks.take());
                tasks.drainTo(together, MAX_TOGETHER - 1);
                commit(together);
            } catch (InterruptedException _) {
                LOG.debug("outbox closing");
            } finally {
                together.clear();
            }
        }
    }

    /** A file cannot be opened on a full disk either. */
    private OutboxTable opened() throws SQLException {
        try {
            return files.open();
        } catch (FacetException unusable) {
            if (reserve.release()) {
                return files.open();
            }
            throw unusable;
        }
    }

    private void commit(List<Task<?>> together) {
        try {
            List<Runnable> completions =
                    table.transaction(rows -> {
                        List<Runnable> made = new ArrayList<>(together.size());
                        for (Task<?> task : together) {
                            made.add(perform(task, rows));
                        }
                        return made;
                    });
            completions.forEach(Runnable::run);
        } catch (SQLException | RuntimeException failure) {
            together.forEach(this::commitAlone);
            return;
        }
        holdReserve();
    }

    private void holdReserve() {
        try {
            if (reserve.hold()) {
                table.growOn();
            }
        } catch (SQLException failure) {
            LOG.warn("the outbox's file stays as small as it is", failure);
        }
    }

    private static <T> Runnable perform(Task<T> task, OutboxTable rows) throws SQLException {
        T result = task.work.run(rows);
        return () -> task.done.complete(result);
    }

    private void commitAlone(Task<?> task) {
        try {
            try {
                table.transaction(rows -> perform(task, rows)).run();
            } catch (SQLException failure) {
                if (Trouble.of(failure) == Trouble.FULL && spare.getAsBoolean()) {
                    // What counts less than any event has gone for it.
                    commitAlone(task);
                    return;
                }
                recover(failure, task.worth.get());
                table.transaction(rows -> perform(task, rows)).run();
            }
        } catch (SQLException | RuntimeException failure) {
            task.done.completeExceptionally(failure);
        }
    }

    private void recover(SQLException failure, Optional<Priority> worth) throws SQLException {
        switch (Trouble.of(failure)) {
            case FULL -> makeRoom(failure, worth);
            case DAMAGED -> replace();
            case OTHER -> LOG.warn("the outbox failed and is tried again", failure);
        }
    }

    /** The reserve is for deleting alone: an event gets the room of events that count no more. */
    private void makeRoom(SQLException full, Optional<Priority> worth) throws SQLException {
        if (worth.isPresent() && !table.transaction(rows -> rows.canShed(worth.get()))) {
            throw full;
        }
        reserve.release();
        if (worth.isPresent()) {
            table.transaction(rows -> rows.shedSome(worth.get()));
        }
        table.stopGrowing();
    }

    private void replace() throws SQLException {
        try {
            table.close();
        } catch (SQLException damaged) {
            LOG.debug("closing a damaged outbox", damaged);
        }
        table = files.replace();
    }

    private static RuntimeException explain(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException defect) {
            return defect;
        }
        boolean full = failure instanceof SQLException sql && Trouble.of(sql) == Trouble.FULL;
        return new FacetException(
                full ? ErrorCode.DISK_FULL : ErrorCode.UNAVAILABLE,
                "the outbox cannot write; free room on the agent's disk",
                failure);
    }

    /** Does what is queued, then closes the file. */
    @Override
    public void close() throws SQLException {
        synchronized (this) {
            closing = true;
        }
        thread.interrupt();
        Waiting.untilDone(thread::join);
        table.close();
    }
}
