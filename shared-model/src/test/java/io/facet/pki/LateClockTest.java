package io.facet.pki;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.model.AgentId;
import io.facet.tls.Trust;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a box makes of its hub's certificate when its clock was set back or ahead. */
class LateClockTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LIFE = Duration.ofDays(90);

    private final Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final Authority authority = Authority.create("test", now, RANDOM);
    private final Authority other = Authority.create("test", now, RANDOM);
    private final X509Certificate listener = listener(authority, now);

    @Test
    void aGoodCertificateIsBelievedByARightAndByALateClock() {
        for (Instant clock :
                List.of(
                        now,
                        now.plus(LIFE).minusSeconds(1),
                        now.minus(Duration.ofDays(1)),
                        Instant.parse("2009-11-17T00:00:00Z"),
                        Instant.EPOCH)) {
            assertThatCode(() -> judge(clock, listener))
                    .as("at %s", clock)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void oneThatHasEndedIsNot() {
        refused(now.plus(LIFE).plusSeconds(1), listener);
        refused(Instant.parse("2050-01-01T00:00:00Z"), listener);
        X509Certificate ended = listener(authority, now.minus(LIFE).minus(Duration.ofDays(1)));
        refused(now, ended);
    }

    @Test
    void aLateClockMakesNobodyElseBelieved() {
        refused(Instant.EPOCH, listener(other, now));
        refused(
                Instant.EPOCH,
                authority.forBox(
                        new AgentId("gate"),
                        Keys.fresh(RANDOM).getPublic(),
                        Validity.starting(now, LIFE)));
    }

    private static X509Certificate listener(Authority authority, Instant from) {
        return authority.forListener(
                List.of("hub.example"),
                Keys.fresh(RANDOM).getPublic(),
                Validity.starting(from, LIFE));
    }

    private void judge(Instant clock, X509Certificate shown) throws CertificateException {
        Trust.in(List.of(authority.certificate()), InstantSource.fixed(clock))
                .checkServerTrusted(
                        new X509Certificate[] {shown, authority.certificate()}, "ECDHE_ECDSA");
    }

    private void refused(Instant clock, X509Certificate shown) {
        assertThatThrownBy(() -> judge(clock, shown)).isInstanceOf(CertificateException.class);
    }
}
