package io.facet.hub;

import io.facet.config.FacetConfig;
import io.facet.crypto.KeyFile;
import io.facet.pki.Authority;
import io.facet.pki.Keys;
import io.facet.pki.Validity;
import io.facet.tls.Pem;
import io.facet.tls.TlsSettings;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners' certificate of the hub's own authority, for an installation that was given none:
 * made when {@code hub.tls_names} says how the hub is reached, and again well before it ends.
 * Thread-safe.
 */
final class OwnCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(OwnCertificate.class);
    private static final Duration LIFETIME = Duration.ofDays(90);
    private static final Duration RENEWED = LIFETIME.dividedBy(3);

    private final FacetConfig.Hub config;
    private final DataFolder data;
    private final Authority authority;
    private final InstantSource clock;

    OwnCertificate(
            FacetConfig.Hub config, DataFolder data, Authority authority, InstantSource clock) {
        this.config = config;
        this.data = data;
        this.authority = authority;
        this.clock = clock;
    }

    /** Where the listeners' certificate is: as configured, else the hub's own; empty for none. */
    Optional<TlsSettings> settings() {
        Optional<TlsSettings> configured = TlsSettings.of(config);
        if (configured.isPresent() || config.tlsNames().isEmpty()) {
            return configured;
        }
        refresh();
        return Optional.of(new TlsSettings.Pem(data.resolve("hub.crt"), data.resolve("hub.key")));
    }

    /** Makes the hub's own certificate anew when it is due; listeners take it up by themselves. */
    synchronized void refresh() {
        if (config.tlsNames().isEmpty() || TlsSettings.of(config).isPresent() || isGood()) {
            return;
        }
        SecureRandom random = new SecureRandom();
        KeyPair pair = Keys.fresh(random);
        Instant now = clock.instant();
        X509Certificate certificate =
                authority.forListener(
                        List.copyOf(names()), pair.getPublic(), Validity.starting(now, LIFETIME));
        KeyFile.write(data.resolve("hub.key"), bytes(Pem.of(pair.getPrivate())));
        KeyFile.write(
                data.resolve("hub.crt"),
                bytes(Pem.of(List.of(certificate, authority.certificate()))));
        LOG.info("the hub has a certificate of its own for {}", names());
    }

    private boolean isGood() {
        return KeyFile.read(data.resolve("hub.key")).isPresent()
                && KeyFile.read(data.resolve("hub.crt"))
                        .map(pem -> Pem.certificates(new String(pem, StandardCharsets.US_ASCII)))
                        .filter(this::isGood)
                        .isPresent();
    }

    private boolean isGood(List<X509Certificate> chain) {
        Instant end = chain.getFirst().getNotAfter().toInstant();
        return chain.getLast().equals(authority.certificate())
                && clock.instant().isBefore(end.minus(RENEWED))
                && names(chain.getFirst()).equals(names());
    }

    private Set<String> names() {
        return Stream.concat(Stream.of("localhost", "127.0.0.1"), config.tlsNames().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            return alternatives == null
                    ? Set.of()
                    : alternatives.stream()
                            .map(name -> String.valueOf(name.get(1)))
                            .collect(Collectors.toCollection(TreeSet::new));
        } catch (CertificateParsingException unreadable) {
            return Set.of();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
