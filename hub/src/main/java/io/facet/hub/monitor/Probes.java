package io.facet.hub.monitor;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * What parts let others read of themselves; each part adds its own when it is made. What is added
 * must answer at once. Thread-safe.
 */
public final class Probes {
    private final Map<String, Supplier<QueueState>> queues = new ConcurrentHashMap<>();
    private volatile IntSupplier viewers = () -> 0;

    /** Adds a queue; a name is used once. */
    public void queue(String name, Supplier<QueueState> state) {
        queues.put(name, state);
    }

    /** Says how to count the live viewers. */
    public void viewers(IntSupplier count) {
        viewers = count;
    }

    /** Every queue by name. */
    public Map<String, QueueState> queues() {
        Map<String, QueueState> states = new TreeMap<>();
        queues.forEach((name, state) -> states.put(name, state.get()));
        return states;
    }

    /** Live viewers connected. */
    public int viewers() {
        return viewers.getAsInt();
    }
}
