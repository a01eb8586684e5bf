package io.facet.tls;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Whom a client trusts: the authorities in a file of the user's and nobody else. Stateless. */
public final class TrustedCa {
    private TrustedCa() {}

    /**
     * The authorities in a file.
     *
     * @throws FacetException {@code INVALID_CONFIGURATION}
     */
    public static List<X509Certificate> certificates(Path file) {
        try {
            return PemFiles.certificates(file);
        } catch (IOException | GeneralSecurityException failure) {
            throw unusable(file, String.valueOf(failure.getMessage()), failure);
        }
    }

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
            List<X509Certificate> authorities = certificates(file);
            if (authorities.isEmpty()) {
                throw unusable(file, "it holds no certificate", null);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    (KeyManager[]) null,
                    new TrustManager[] {Trust.in(authorities)},
                    new SecureRandom());
            return context;
        } catch (GeneralSecurityException failure) {
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
