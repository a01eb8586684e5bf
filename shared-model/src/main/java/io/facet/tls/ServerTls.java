package io.facet.tls;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * What every listener of the hub presents: one credential, read again when its files change, so
 * that a renewed certificate needs no restart. A bad new file is logged and the old one kept.
 * Thread-safe.
 */
public final class ServerTls {
    private final CurrentCredential current;

    /**
     * Reads the credential.
     *
     * @throws FacetException {@code INVALID_CONFIGURATION} when it cannot be read
     */
    public ServerTls(TlsSettings settings) {
        this.current = new CurrentCredential(settings, System::nanoTime);
    }

    /** For servers that take a key manager: always the newest credential. */
    public X509ExtendedKeyManager keyManager() {
        return current;
    }

    /** For servers that ask nobody for a certificate: always the newest credential. */
    public SSLContext context() {
        return context(List.of());
    }

    /**
     * For servers that take a context: always the newest credential.
     *
     * @param clients whose certificates clients may show
     */
    public SSLContext context(Collection<X509Certificate> clients) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {current},
                    new TrustManager[] {Trust.in(clients)},
                    new SecureRandom());
            // A resumed session would go on with a certificate that was replaced.
            context.getServerSessionContext().setSessionTimeout(3600);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new FacetException(ErrorCode.INTERNAL, "this JDK lacks TLS", impossible);
        }
    }

    /** What is presented now: the hub's own certificate, then those above it. */
    public List<X509Certificate> chain() {
        return current.get().chain();
    }

    /** When the present certificate ends. */
    public Instant expiresAt() {
        return current.get().certificate().getNotAfter().toInstant();
    }
}
