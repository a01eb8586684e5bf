package io.facet.hub.joining;

import io.facet.config.Secret;
import io.facet.hub.devices.DeviceKeys;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Everything a box can sign in with. What it had before ends with a new key and with its removal:
 * keys, certificates, and the live connections made with them. Thread-safe.
 */
public final class BoxCredentials implements DeviceKeys {
    private final DeviceKeys keys;
    private final JoinStore certificates;
    private final BrokerAccess broker;
    private final InstantSource clock;

    public BoxCredentials(
            DeviceKeys keys, JoinStore certificates, BrokerAccess broker, InstantSource clock) {
        this.keys = keys;
        this.certificates = certificates;
        this.broker = broker;
        this.clock = clock;
    }

    @Override
    public Secret renew(AgentId agent, SiteId site) {
        certificates.forgetUses(agent);
        Secret key = keys.renew(agent, site);
        endCertificates(agent);
        return key;
    }

    @Override
    public void revoke(AgentId agent) {
        certificates.forgetUses(agent);
        end(agent);
    }

    /** As {@link #revoke}, but whoever joined under that name may still ask for its answer. */
    void end(AgentId agent) {
        keys.revoke(agent);
        endCertificates(agent);
    }

    private void endCertificates(AgentId agent) {
        var _ = certificates.revoke(agent, Optional.empty(), clock.instant());
        broker.end(agent);
    }
}
