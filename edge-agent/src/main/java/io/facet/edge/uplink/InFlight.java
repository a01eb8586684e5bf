package io.facet.edge.uplink;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Batches sent and not yet acknowledged by the hub, and how far the outbox has been sent. Going
 * back means sending again from the first unacknowledged event on (go-back-N); the patience doubles
 * each time, so that an overloaded hub is not loaded more. Thread-safe.
 */
final class InFlight {
    static final int WINDOW = 8;
    static final Duration PATIENCE = Duration.ofSeconds(15);
    static final Duration MOST_PATIENCE = Duration.ofMinutes(4);

    private final LongSupplier nanos;
    private final Deque<Batch> batches = new ArrayDeque<>();
    private long lastSent;
    private Duration patience = PATIENCE;

    private record Batch(long firstSequence, Set<Long> open, long sentAt) {}

    InFlight(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The last sequence sent; 0 when everything is to be sent. */
    synchronized long lastSent() {
        return lastSent;
    }

    synchronized boolean isEmpty() {
        return batches.isEmpty();
    }

    synchronized boolean hasRoom() {
        return batches.size() < WINDOW;
    }

    /** A batch is on its way; sequences ascending, not empty. */
    synchronized void sent(Collection<Long> sequences) {
        Set<Long> open = new HashSet<>(sequences);
        long first = sequences.iterator().next();
        batches.addLast(new Batch(first, open, nanos.getAsLong()));
        lastSent = sequences.stream().mapToLong(Long::longValue).max().orElse(lastSent);
    }

    /** These need no sending any more; unknown ones are passed over. */
    synchronized void settled(Collection<Long> sequences) {
        for (Batch batch : batches) {
            if (batch.open.removeAll(sequences)) {
                patience = PATIENCE;
            }
        }
        batches.removeIf(batch -> batch.open.isEmpty());
    }

    /** Starts again from the first unacknowledged event when it has waited too long. */
    synchronized boolean goBackWhenOverdue() {
        Batch oldest = batches.peekFirst();
        if (oldest == null
                || Duration.ofNanos(nanos.getAsLong() - oldest.sentAt).compareTo(patience) < 0) {
            return false;
        }
        lastSent = oldest.firstSequence - 1;
        batches.clear();
        Duration doubled = patience.multipliedBy(2);
        patience = doubled.compareTo(MOST_PATIENCE) < 0 ? doubled : MOST_PATIENCE;
        return true;
    }

    /** Starts again from the first event. */
    synchronized void clear() {
        batches.clear();
        lastSent = 0;
        patience = PATIENCE;
    }
}
