package io.facet.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key and its certificate, followed by those that vouch for it.
 *
 * @param chain the owner's certificate first; never empty
 */
public record Credential(PrivateKey key, List<X509Certificate> chain) {
    /** Checks that there is a certificate. */
    public Credential {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a credential has a certificate");
        }
    }

    /** The owner's certificate. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    @Override
    public String toString() {
        return "Credential[" + certificate().getSubjectX500Principal() + "]";
    }
}
