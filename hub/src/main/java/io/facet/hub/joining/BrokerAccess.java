package io.facet.hub.joining;

import io.facet.config.Secret;
import io.facet.model.AgentId;

/** What a broker has to be told of the credentials of boxes. Thread-safe. */
public interface BrokerAccess {
    /** A broker that somebody else looks after. */
    BrokerAccess NONE =
            new BrokerAccess() {
                @Override
                public void admit(AgentId agent) {}

                @Override
                public void admit(AgentId agent, Secret key) {}

                @Override
                public void end(AgentId agent) {}
            };

    /** The box has another certificate; returns soon. */
    void admit(AgentId agent);

    /**
     * The box has another key, and no other.
     *
     * @throws io.facet.error.FacetException {@code UNAVAILABLE} when the broker could not be told
     */
    void admit(AgentId agent, Secret key);

    /** Credentials of the box ended, and with them the connections made by them; returns soon. */
    void end(AgentId agent);
}
