package io.facet.hub.joining;

import io.facet.config.Secret;
import io.facet.model.AgentId;
import java.util.Collection;

/** What the broker is told of the credentials of boxes. Thread-safe; returns soon. */
public interface BrokerAccess {
    /** A broker that asks the hub by itself, or that somebody else looks after. */
    BrokerAccess NONE =
            new BrokerAccess() {
                @Override
                public void key(AgentId agent, Secret key) {}

                @Override
                public void certificate(AgentId agent, String serial) {}

                @Override
                public void endCertificates(Collection<String> serials) {}

                @Override
                public void end(AgentId agent, Collection<String> serials) {}
            };

    /** A box may now sign in with this key. */
    void key(AgentId agent, Secret key);

    /** A box may now sign in with this certificate as well. */
    void certificate(AgentId agent, String serial);

    /** These certificates count no more; connections that were made with them may stay. */
    void endCertificates(Collection<String> serials);

    /** A box's key and these certificates count no more; its live connections end at once. */
    void end(AgentId agent, Collection<String> serials);
}
