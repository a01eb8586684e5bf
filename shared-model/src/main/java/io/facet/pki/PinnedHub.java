package io.facet.pki;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.tls.HubTrust;
import io.facet.tls.Trust;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a hub at first sight by the fingerprint a join token carries: some certificate of the
 * chain it shows must have it, and everything below that must be rightly signed and named. Made for
 * one hub; thread-safe.
 */
public final class PinnedHub extends HubTrust {
    private final Fingerprint pin;

    private PinnedHub(Fingerprint pin) {
        this.pin = pin;
    }

    /** A client's context that trusts whoever shows this certificate. */
    public static SSLContext context(Fingerprint pin) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[0], new TrustManager[] {new PinnedHub(pin)}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new FacetException(ErrorCode.INTERNAL, "this JDK lacks TLS", impossible);
        }
    }

    @Override
    protected X509ExtendedTrustManager judging(X509Certificate[] chain)
            throws CertificateException {
        List<X509Certificate> found =
                Stream.of(chain).filter(c -> Fingerprint.of(c).equals(pin)).toList();
        if (found.isEmpty()) {
            throw new CertificateException("the hub is not the one that made the join token");
        }
        // A box that joins may never have had its clock set.
        return Trust.in(found, InstantSource.system());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw new CertificateException("the hub's name would not be looked at");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
