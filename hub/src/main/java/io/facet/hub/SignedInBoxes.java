package io.facet.hub;

import io.facet.hub.broker.BrokerUsers;
import io.facet.hub.broker.mosquitto.DynamicSecurity;
import io.facet.hub.joining.BoxCertificates;
import io.facet.hub.security.Credentials;
import io.facet.hub.security.Principal;
import io.facet.hub.security.Role;
import io.facet.model.AgentId;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Boxes at a broker, by what the hub knows of their keys and certificates. */
record SignedInBoxes(Credentials credentials, BoxCertificates holders)
        implements BrokerUsers, DynamicSecurity.Books {
    @Override
    public Optional<AgentId> box(String user, String key) {
        return credentials
                .byKey(key)
                .filter(p -> p.roles().contains(Role.DEVICE) && p.id().equals(user))
                .map(Principal::id)
                .map(AgentId::new);
    }

    @Override
    public Optional<AgentId> box(X509Certificate certificate) {
        return holders.holder(certificate).map(Principal::id).map(AgentId::new);
    }

    @Override
    public Map<String, AgentId> certificates() {
        return holders.inForce();
    }

    @Override
    public Set<AgentId> keys() {
        return credentials.boxes();
    }
}
