package io.facet.hub;

import io.facet.hub.broker.BrokerUsers;
import io.facet.hub.joining.BoxCertificates;
import io.facet.hub.security.Credentials;
import io.facet.hub.security.Principal;
import io.facet.hub.security.Role;
import io.facet.model.AgentId;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Boxes at the embedded broker, by what the hub knows of their keys and certificates. */
record SignedInBoxes(Credentials keys, BoxCertificates certificates) implements BrokerUsers {
    @Override
    public Optional<AgentId> box(String user, String key) {
        return keys.byKey(key)
                .filter(p -> p.roles().contains(Role.DEVICE) && p.id().equals(user))
                .map(Principal::id)
                .map(AgentId::new);
    }

    @Override
    public Optional<AgentId> box(X509Certificate certificate) {
        return certificates.holder(certificate).map(Principal::id).map(AgentId::new);
    }
}
