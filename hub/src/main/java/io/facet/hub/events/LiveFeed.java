package io.facet.hub.events;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The feed within one hub: a bounded queue and a virtual thread per watcher. Thread-safe. */
public final class LiveFeed implements HubFeed, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);

    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final AtomicLong allDropped = new AtomicLong();

    @Override
    public void publish(HubEvent event) {
        watchers.forEach(watcher -> watcher.offer(event));
    }

    @Override
    public Subscription subscribe(Consumer<HubEvent> target) {
        Watcher watcher = new Watcher(target);
        watchers.add(watcher);
        Thread.ofVirtual().name("hub-feed").start(watcher::run);
        return watcher;
    }

    /** Events that wait for the slowest watcher. */
    public int depth() {
        return watchers.stream().mapToInt(Watcher::depth).max().orElse(0);
    }

    /** Events that watchers lost since the start. */
    public long dropped() {
        return allDropped.get();
    }

    /** Ends every subscription. */
    @Override
    public void close() {
        watchers.forEach(Watcher::close);
    }

    /** A queue that drops its oldest, and the thread that empties it. */
    private final class Watcher implements Subscription {
        private final Consumer<HubEvent> target;
        private final Deque<HubEvent> waiting = new ArrayDeque<>();
        private final AtomicLong dropped = new AtomicLong();
        private boolean closed;

        Watcher(Consumer<HubEvent> target) {
            this.target = target;
        }

        synchronized void offer(HubEvent event) {
            if (waiting.size() == BACKLOG) {
                waiting.poll();
                dropped.incrementAndGet();
                allDropped.incrementAndGet();
            }
            waiting.add(event);
            notifyAll();
        }

        synchronized int depth() {
            return waiting.size();
        }

        private synchronized @Nullable HubEvent next() {
            try {
                while (waiting.isEmpty() && !closed) {
                    wait();
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return null;
            }
            return closed ? null : waiting.poll();
        }

        void run() {
            for (HubEvent event = next(); event != null; event = next()) {
                try {
                    target.accept(event);
                } catch (RuntimeException failure) {
                    // One watcher's failure concerns neither the others nor its next event.
                    LOG.warn("a watcher failed on {}", event.type(), failure);
                }
            }
        }

        @Override
        public long dropped() {
            return dropped.get();
        }

        @Override
        public void close() {
            watchers.remove(this);
            synchronized (this) {
                closed = true;
                notifyAll();
            }
        }
    }
}
