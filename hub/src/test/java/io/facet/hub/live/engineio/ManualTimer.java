package io.facet.hub.live.engineio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A timer whose clock the test moves; tasks run on the test's thread. */
public final class ManualTimer implements Timer {
    private record Entry(Duration at, long order, Runnable task) {}

    private final List<Entry> entries = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private long order;

    @Override
    public synchronized Duration now() {
        return now;
    }

    @Override
    public synchronized Task after(Duration delay, Runnable task) {
        Entry entry = new Entry(now.plus(delay), order++, task);
        entries.add(entry);
        return () -> cancel(entry);
    }

    private synchronized void cancel(Entry entry) {
        entries.remove(entry);
    }

    /** Lets time pass; what falls due runs in order. */
    public void advance(Duration by) {
        Duration until;
        synchronized (this) {
            until = now.plus(by);
        }
        for (Runnable due = next(until); due != null; due = next(until)) {
            due.run();
        }
        synchronized (this) {
            now = until;
        }
    }

    /** Lets time pass while the timer is busy: nothing runs until {@link #advance}. */
    public synchronized void jump(Duration by) {
        now = now.plus(by);
    }

    private synchronized @org.jspecify.annotations.Nullable Runnable next(Duration until) {
        Entry first =
                entries.stream()
                        .filter(e -> e.at().compareTo(until) <= 0)
                        .min(Comparator.comparing(Entry::at).thenComparingLong(Entry::order))
                        .orElse(null);
        if (first == null) {
            return null;
        }
        entries.remove(first);
        now = now.compareTo(first.at()) < 0 ? first.at() : now;
        return first.task();
    }
}
