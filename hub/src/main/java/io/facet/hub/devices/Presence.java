package io.facet.hub.devices;

import io.facet.model.AgentId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Which boxes are connected: as they, and their wills, say, until they miss their reports. A will
 * is lost when a box dies while the broker is away; silence is not. Thread-safe.
 */
public final class Presence {
    private final Map<AgentId, Long> heard = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    /**
     * Nobody is connected at first.
     *
     * @param nanos the monotonic clock
     */
    public Presence(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Notes what a box said; whether that was news. */
    public boolean set(AgentId agent, boolean isOnline) {
        return isOnline ? heard.put(agent, nanos.getAsLong()) == null : heard.remove(agent) != null;
    }

    public boolean isOnline(AgentId agent) {
        return heard.containsKey(agent);
    }

    /** Gives everybody connected time to be heard again: nothing could be heard until now. */
    public void startAfresh() {
        long now = nanos.getAsLong();
        heard.replaceAll((_, _) -> now);
    }

    /** Boxes that are connected and have said nothing for longer than this. */
    public List<AgentId> silent(Duration longest) {
        return heard.keySet().stream().filter(agent -> isSilent(agent, longest)).toList();
    }

    /** Whether a box is connected and has said nothing for longer than this. */
    public boolean isSilent(AgentId agent, Duration longest) {
        Long last = heard.get(agent);
        return last != null && nanos.getAsLong() - last > longest.toNanos();
    }
}
