package io.facet.hub.devices;

import io.facet.config.Secret;
import io.facet.model.AgentId;
import io.facet.model.SiteId;

/** The credentials of boxes. Thread-safe. */
public interface DeviceKeys {
    /** A new key for a box; keys it had before stop working. */
    Secret renew(AgentId agent, SiteId site);

    /** Ends every key of a box. */
    void revoke(AgentId agent);
}
