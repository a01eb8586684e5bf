package io.facet.hub.audit;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trail with its one writer. What waits is written as one batch, so that a burst costs one
 * commit; a batch that cannot be written is tried again until it can, and meanwhile changes wait,
 * then fail, and reads fill the queue. Closing writes what waits. Thread-safe.
 */
public final class AuditLog implements AuditTrail, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int LARGEST_BATCH = 1000;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final AuditStore store;
    private final AuditAnchor anchor;
    private final InstantSource clock;
    private final Limits limits;
    private final BlockingQueue<Waiting> queue;
    private final Refusals refusals = new Refusals();
    private final Thread writer;
    private volatile boolean closing;

    /**
     * How much may wait and how long.
     *
     * @param queue entries waiting
     * @param patience of a change
     */
    public record Limits(int queue, Duration patience) {
        public static final Limits DEFAULT = new Limits(10_000, Duration.ofSeconds(10));
    }

    private record Waiting(AuditEntry entry, CompletableFuture<Boolean> written) {}

    /** Starts the writer. */
    public AuditLog(AuditStore store, AuditAnchor anchor, InstantSource clock, Limits limits) {
        this.store = store;
        this.anchor = anchor;
        this.clock = clock;
        this.limits = limits;
        this.queue = new ArrayBlockingQueue<>(limits.queue());
        this.writer = Thread.ofPlatform().daemon().name("audit").start(this::write);
    }

    @Override
    public void change(AuditEntry entry) {
        CompletableFuture<Boolean> written = offer(entry);
        try {
            boolean _ = written.get(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException notWritten) {
            throw unwritable(notWritten);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unwritable(stopped);
        }
    }

    @Override
    public void note(AuditEntry entry) {
        CompletableFuture<Boolean> _ = offer(entry);
    }

    @Override
    public void refused(AuditEntry entry) {
        refusals.admit(entry).forEach(this::note);
    }

    private CompletableFuture<Boolean> offer(AuditEntry entry) {
        Waiting waiting = new Waiting(entry, new CompletableFuture<>());
        if (closing || !queue.offer(waiting)) {
            throw unwritable(null);
        }
        return waiting.written();
    }

    private void write() {
        try {
            while (!closing || !queue.isEmpty()) {
                Waiting first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Waiting> waiting = new ArrayList<>(List.of(first));
                    queue.drainTo(waiting, LARGEST_BATCH - 1);
                    persist(waiting);
                }
            }
        } catch (InterruptedException stopped) {
            LOG.error("{} entries of the audit log were not written", queue.size());
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever the store's trouble is, the entries stay
    private void persist(List<Waiting> waiting) throws InterruptedException {
        List<AuditEntry> entries = waiting.stream().map(Waiting::entry).toList();
        boolean told = false;
        while (true) {
            try {
                AuditBatch batch = AuditBatch.after(store.last(), entries);
                store.append(batch, clock.instant());
                waiting.forEach(w -> w.written().complete(true));
                anchor(batch.mark());
                return;
            } catch (RuntimeException failure) {
                if (!told) {
                    LOG.error("the audit log cannot be written; trying until it can", failure);
                    told = true;
                }
                if (closing) {
                    LOG.error("{} entries of the audit log were not written", entries.size());
                    waiting.forEach(w -> w.written().completeExceptionally(failure));
                    return;
                }
                Thread.sleep(BETWEEN_TRIES);
            }
        }
    }

    /** An older anchor still proves all up to it; the next batch writes a newer one. */
    private void anchor(AuditBatch.Mark end) {
        try {
            anchor.write(end);
        } catch (FacetException failure) {
            LOG.warn("the end of the audit log is not remembered: {}", failure.reason());
        }
    }

    @Override
    public List<AuditStore.Numbered> page(AuditStore.AuditQuery query) {
        return store.page(query);
    }

    @Override
    public Verdict verify() {
        // The anchor first: batches written meanwhile come after it.
        AuditVerifier verifier = new AuditVerifier(anchor.read(), store.prunedThrough());
        store.each(verifier);
        return verifier.verdict();
    }

    private static FacetException unwritable(@org.jspecify.annotations.Nullable Throwable cause) {
        return new FacetException(
                ErrorCode.UNAVAILABLE,
                "the audit log cannot be written, and nothing is read or changed without it; check"
                        + " the database and its disk",
                cause);
    }

    @Override
    public void close() {
        closing = true;
        try {
            writer.join(Duration.ofSeconds(20));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
