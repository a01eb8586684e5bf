package io.facet.hub.security;

import java.security.cert.X509Certificate;
import java.util.Optional;

/** Who holds a client's certificate. Thread-safe. */
@FunctionalInterface
public interface CertificateHolders {
    /**
     * The holder; empty when it was revoked, has ended, or is nobody's.
     *
     * @param certificate whose signature was checked by whoever took the connection
     */
    Optional<Principal> holder(X509Certificate certificate);
}
