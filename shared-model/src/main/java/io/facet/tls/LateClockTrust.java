package io.facet.tls;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trust in named authorities, for a box whose clock may stand anywhere in the past, as one without
 * a battery does until somebody sets it: the moment by which certificates are judged is the
 * clock's, or the latest at which one of those shown begins. So none is refused for not being valid
 * yet; one that has ended at that moment is. Whoever can show a certificate that has not begun has
 * it from the authority. Thread-safe.
 */
final class LateClockTrust extends HubTrust {
    private final List<X509Certificate> authorities;
    private final InstantSource clock;

    LateClockTrust(Collection<X509Certificate> authorities, InstantSource clock) {
        this.authorities = List.copyOf(authorities);
        this.clock = clock;
    }

    @Override
    protected X509ExtendedTrustManager judging(X509Certificate[] chain) {
        Instant now = clock.instant();
        Instant moment =
                Stream.concat(Stream.of(chain), authorities.stream())
                        .map(shown -> shown.getNotBefore().toInstant())
                        .filter(now::isBefore)
                        .max(Instant::compareTo)
                        .orElse(now);
        return authorities.isEmpty() ? Trust.in(authorities) : at(moment);
    }

    private X509ExtendedTrustManager at(Instant moment) {
        try {
            Set<TrustAnchor> anchors =
                    authorities.stream()
                            .map(authority -> new TrustAnchor(authority, null))
                            .collect(Collectors.toSet());
            PKIXBuilderParameters how = new PKIXBuilderParameters(anchors, new X509CertSelector());
            how.setRevocationEnabled(false);
            how.setDate(Date.from(moment));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(new CertPathTrustManagerParameters(how));
            return Trust.only(trust);
        } catch (GeneralSecurityException impossible) {
            throw new FacetException(ErrorCode.INTERNAL, "this JDK lacks TLS", impossible);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        judging(chain).checkServerTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.toArray(X509Certificate[]::new);
    }
}
