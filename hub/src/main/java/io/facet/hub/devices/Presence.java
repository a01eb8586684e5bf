package io.facet.hub.devices;

import io.facet.model.AgentId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which boxes are connected, as their retained state and will say. Thread-safe. */
public final class Presence {
    private final Set<AgentId> online = ConcurrentHashMap.newKeySet();

    /** Notes what a box said; whether that was news. */
    public boolean set(AgentId agent, boolean isOnline) {
        return isOnline ? online.add(agent) : online.remove(agent);
    }

    public boolean isOnline(AgentId agent) {
        return online.contains(agent);
    }
}
