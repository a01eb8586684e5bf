package io.facet.tls;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collection;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trust in named authorities and nobody else, by the JDK's own rules. Stateless. */
public final class Trust {
    private Trust() {}

    /** In these; in nobody when there are none. */
    public static X509ExtendedTrustManager in(Collection<X509Certificate> authorities) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (X509Certificate authority : authorities) {
                store.setCertificateEntry("ca-" + number++, authority);
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return only(trust);
        } catch (IOException | GeneralSecurityException impossible) {
            throw new FacetException(ErrorCode.INTERNAL, "this JDK lacks TLS", impossible);
        }
    }

    /** The same for a client whose clock may be late; see {@link LateClockTrust}. */
    public static X509ExtendedTrustManager in(
            Collection<X509Certificate> authorities, InstantSource clock) {
        return new LateClockTrust(authorities, clock);
    }

    static X509ExtendedTrustManager only(TrustManagerFactory trust) {
        return Stream.of(trust.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
