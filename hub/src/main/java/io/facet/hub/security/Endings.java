package io.facet.hub.security;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells who wants to know that some credential was ended or changed. Thread-safe. */
final class Endings {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    void listen(Runnable listener) {
        listeners.add(listener);
    }

    /** After the store knows. */
    void happened() {
        listeners.forEach(Runnable::run);
    }
}
