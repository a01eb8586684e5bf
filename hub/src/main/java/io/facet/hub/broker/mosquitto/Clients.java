package io.facet.hub.broker.mosquitto;

import io.facet.model.AgentId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Clients at the broker by the name they sign in with: a box's own with a key, that of its
 * certificate with one.
 *
 * @param certificates by common name
 * @param keys boxes that have a key
 */
record Clients(Map<String, AgentId> certificates, Set<AgentId> keys) {
    Clients {
        certificates = Map.copyOf(certificates);
        keys = Set.copyOf(keys);
    }

    /** Whose client each is. */
    Map<String, AgentId> byName() {
        Map<String, AgentId> all = new HashMap<>(certificates);
        keys.forEach(agent -> all.put(agent.value(), agent));
        return all;
    }
}
