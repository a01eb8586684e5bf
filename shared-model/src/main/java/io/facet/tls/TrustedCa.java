package io.facet.tls;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom a client trusts: the authorities in a file of the user's and nobody else. Stateless. */
public final class TrustedCa {
    private TrustedCa() {}

    /** As {@link #context}; empty for no file, which means the JDK's own authorities. */
    public static Optional<SSLContext> configured(String file) {
        return file.isEmpty() ? Optional.empty() : Optional.of(context(Path.of(file)));
    }

    /**
     * A client's context.
     *
     * @param file PEM certificates
     * @throws FacetException {@code INVALID_CONFIGURATION}
     */
    public static SSLContext context(Path file) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            List<X509Certificate> authorities = PemFiles.certificates(file);
            if (authorities.isEmpty()) {
                throw unusable(file, "it holds no certificate", null);
            }
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("ca-" + i, authorities.get(i));
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init((KeyManager[]) null, trust.getTrustManagers(), new SecureRandom());
            return context;
        } catch (IOException | GeneralSecurityException failure) {
            throw unusable(file, String.valueOf(failure.getMessage()), failure);
        }
    }

    private static FacetException unusable(
            Path file, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new FacetException(
                ErrorCode.INVALID_CONFIGURATION,
                "the certificates of trusted authorities in " + file + " cannot be used: " + why,
                cause);
    }
}
