package io.facet.hub.joining;

import io.facet.config.Secret;
import io.facet.hub.devices.DeviceKeys;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything a box can sign in with. What it had before ends with a new key and with its removal:
 * keys, certificates, and the live connections made with them. Thread-safe.
 */
public final class BoxCredentials implements DeviceKeys {
    private final DeviceKeys keys;
    private final JoinStore certificates;
    private final BrokerAccess broker;
    private final Consumer<AgentId> parted;
    private final InstantSource clock;

    /**
     * Wires it.
     *
     * @param parted told of boxes whose connections ended; what they said of being there counts no
     *     more, and nobody else says so, as the will of a box cut off may not be sent
     */
    public BoxCredentials(
            DeviceKeys keys,
            JoinStore certificates,
            BrokerAccess broker,
            Consumer<AgentId> parted,
            InstantSource clock) {
        this.keys = keys;
        this.certificates = certificates;
        this.broker = broker;
        this.parted = parted;
        this.clock = clock;
    }

    @Override
    public Secret renew(AgentId agent, SiteId site) {
        certificates.forgetUses(agent);
        Secret key = keys.renew(agent, site);
        endCertificates(agent);
        broker.admit(agent, key);
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

    /** Lets a box in with one more certificate. */
    void add(JoinStore.Certificate certificate) {
        certificates.addCertificate(certificate, clock.instant());
        broker.admit(certificate.agent());
    }

    private void endCertificates(AgentId agent) {
        var _ = certificates.revoke(agent, Optional.empty(), clock.instant());
        cut(agent);
    }

    /** Ends the connections of a box that has nothing to sign in with. */
    public void cut(AgentId agent) {
        broker.end(agent);
        parted.accept(agent);
    }
}
