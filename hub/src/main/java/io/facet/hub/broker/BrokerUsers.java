package io.facet.hub.broker;

import io.facet.model.AgentId;
import java.util.Optional;

/** Which box a name and a key belong to. Thread-safe; called for every connection. */
@FunctionalInterface
public interface BrokerUsers {
    Optional<AgentId> box(String user, String key);
}
