package io.facet.hub.broker;

import io.facet.model.AgentId;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Which box a name and a key belong to. Thread-safe; called for every connection. */
public interface BrokerUsers {
    Optional<AgentId> box(String user, String key);

    /** Which box holds a certificate that the listener found to be of the hub's authority. */
    Optional<AgentId> box(X509Certificate certificate);
}
