package io.facet.hub.joining;

import io.facet.model.AgentId;

/** What a broker has to be told when a box's credentials end. Thread-safe; returns soon. */
@FunctionalInterface
public interface BrokerAccess {
    /** A broker that somebody else looks after. */
    BrokerAccess NONE = _ -> {};

    /** The box's live connections end at once. */
    void end(AgentId agent);
}
