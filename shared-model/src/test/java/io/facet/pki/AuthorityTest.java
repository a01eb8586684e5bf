package io.facet.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.FacetException;
import io.facet.model.AgentId;
import io.facet.tls.Credential;
import io.facet.tls.Pem;
import io.facet.tls.Trust;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

class AuthorityTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private final Instant now = Instant.now();
    private final Validity soon = Validity.starting(now, Duration.ofDays(1));

    private final Authority authority = Authority.create("test", now, RANDOM);
    private final X509ExtendedTrustManager trust = Trust.in(List.of(authority.certificate()));

    @Test
    void aBoxsCertificateSignsInAndServesNothing() throws Exception {
        X509Certificate[] box = {box(authority)};
        trust.checkClientTrusted(box, "EC");
        assertThatThrownBy(() -> trust.checkServerTrusted(box, "ECDHE_ECDSA"))
                .isInstanceOf(CertificateException.class);
        assertThat(box[0].getSubjectX500Principal().getName())
                .contains("CN=" + Authority.name(box[0]));
        assertThat(Authority.name(box[0])).hasSize(32);
        assertThat(box[0].getBasicConstraints()).as("no authority itself").isEqualTo(-1);
    }

    @Test
    void aListenersCertificateServesItsNames() throws Exception {
        X509Certificate listener =
                authority.forListener(
                        List.of("hub.example", "10.0.0.5", "::1"),
                        Keys.fresh(RANDOM).getPublic(),
                        soon);
        trust.checkServerTrusted(new X509Certificate[] {listener}, "ECDHE_ECDSA");
        assertThat(listener.getSubjectAlternativeNames().toString())
                .contains("[2, hub.example]", "[7, 10.0.0.5]");
    }

    @Test
    void anotherAuthorityIsNotBelieved() {
        X509Certificate[] foreign = {box(Authority.create("test", now, RANDOM))};
        assertThatThrownBy(() -> trust.checkClientTrusted(foreign, "EC"))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void keyAndCertificatesSurviveAsText() {
        Credential again = Pem.credential(Pem.of(authority.credential()));
        assertThat(again.chain()).isEqualTo(authority.credential().chain());
        assertThat(again.key()).isEqualTo(authority.credential().key());
    }

    @Test
    void aRequestIsForAStrongKeyThatItsSenderHolds() throws Exception {
        KeyPair own = Keys.fresh(RANDOM);
        assertThat(CertificateRequest.key(CertificateRequest.of(own))).isEqualTo(own.getPublic());
        KeyPair mixed = new KeyPair(own.getPublic(), Keys.fresh(RANDOM).getPrivate());
        assertThatThrownBy(() -> CertificateRequest.key(CertificateRequest.of(mixed)))
                .isInstanceOf(FacetException.class)
                .hasMessageContaining("not signed with its own key");
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("Ed25519");
        assertThatThrownBy(() -> CertificateRequest.of(rsa.generateKeyPair()))
                .isInstanceOf(FacetException.class);
        for (String malformed :
                List.of(
                        "",
                        "x",
                        "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE"
                                + " REQUEST-----\n",
                        "y".repeat(100_000))) {
            assertThatThrownBy(() -> CertificateRequest.key(malformed))
                    .isInstanceOf(FacetException.class);
        }
    }

    private X509Certificate box(Authority authority) {
        return authority.forBox(new AgentId("gate"), Keys.fresh(RANDOM).getPublic(), soon);
    }
}
