package io.facet.tls;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
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

    /** For servers that take a context: always the newest credential. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {current}, (TrustManager[]) null, new SecureRandom());
            // A resumed session would go on with a certificate that was replaced.
            context.getServerSessionContext().setSessionTimeout(3600);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new FacetException(ErrorCode.INTERNAL, "this JDK lacks TLS", impossible);
        }
    }

    /** When the present certificate ends. */
    public Instant expiresAt() {
        return current.get().certificate().getNotAfter().toInstant();
    }
}
