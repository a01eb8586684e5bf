package io.facet.hub.joining;

import io.facet.hub.security.CertificateHolders;
import io.facet.hub.security.Principal;
import io.facet.hub.security.Role;
import io.facet.model.AgentId;
import io.facet.model.SiteScope;
import io.facet.pki.Authority;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who holds a certificate of the hub's authority now. Thread-safe. */
public final class BoxCertificates implements CertificateHolders {
    private final JoinStore store;
    private final InstantSource clock;

    public BoxCertificates(JoinStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Optional<Principal> holder(X509Certificate certificate) {
        return store.holder(Authority.name(certificate))
                .filter(holder -> clock.instant().isBefore(holder.expiresAt()))
                .map(holder ->
                        new Principal(
                                holder.agent().value(),
                                holder.agent().value(),
                                Set.of(Role.DEVICE),
                                new SiteScope.Only(Set.of(holder.site()))));
    }

    /** Whose certificates are in force, by their names: io.facet.pki.Authority#name. */
    public Map<String, AgentId> inForce() {
        return store.inForce(clock.instant()).stream()
                .collect(
                        Collectors.toMap(
                                JoinStore.Certificate::serial, JoinStore.Certificate::agent));
    }
}
