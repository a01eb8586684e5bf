package io.facet.hub.events;

import java.util.function.Consumer;

/** Hub events to whoever watches. Thread-safe. */
public interface HubFeed {
    /** Hands an event to every subscriber; never blocks, never throws because of one. */
    void publish(HubEvent event);

    /**
     * Calls the watcher with every event published from now on, one at a time and in order, on a
     * thread of its own. A watcher that falls {@link #BACKLOG} events behind loses the oldest;
     * {@link Subscription#dropped} counts them.
     */
    Subscription subscribe(Consumer<HubEvent> watcher);

    /** Events kept for a slow watcher. */
    int BACKLOG = 4096;

    /** Ends when closed. */
    interface Subscription extends AutoCloseable {
        /** Events lost because the watcher was slow. */
        long dropped();

        @Override
        void close();
    }
}
