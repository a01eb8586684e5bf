package io.facet.edge.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.facet.edge.EdgeVerb;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.pki.Authority;
import io.facet.pki.Fingerprint;
import io.facet.pki.Keys;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** How a box comes by its certificate and keeps it fresh, against real TLS. */
class FirstContactIT {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir Path folder;
    @TempDir Path hubFolder;

    @Test
    void aBoxJoinsOnceAndRemembersIt() throws Exception {
        try (FakeHub hub = new FakeHub(hubFolder)) {
            join(hub, Optional.empty());
            DeviceIdentity joined = DeviceIdentity.read(folder, List.of()).orElseThrow();
            assertThat(joined.hub()).isEqualTo(hub.address());
            assertThat(Files.getPosixFilePermissions(folder.resolve("device.pem")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            join(hub, Optional.of(joined));
            assertThat(hub.requests).as("the same token once more asks nobody").hasSize(1);
        }
    }

    @Test
    void theVerbJoinsAndEndsWhereThatIsAllThatIsWanted() throws Exception {
        try (FakeHub hub = new FakeHub(hubFolder)) {
            String token =
                    hub.wish().at().token().reveal() + "@localhost:" + hub.address().getPort();
            assertThat(edge("--join-only", "--join", token, "--data", folder.toString())).isZero();
            assertThat(DeviceIdentity.read(folder, List.of()).orElseThrow().hub())
                    .isEqualTo(hub.address());
            assertThat(edge("--join-only", "--data", folder.toString())).isNotZero();
        }
    }

    private static int edge(String... arguments) {
        return new CommandLine(new EdgeVerb()).execute(arguments);
    }

    @Test
    void aLostAnswerIsAskedForAgainWithTheSameKey() throws Exception {
        try (FakeHub hub = new FakeHub(hubFolder)) {
            hub.losesAnswers.set(true);
            assertThatThrownBy(() -> join(hub, Optional.empty()))
                    .isInstanceOfSatisfying(
                            FacetException.class,
                            failed -> assertThat(failed.code()).isEqualTo(ErrorCode.UNAVAILABLE));
            assertThat(DeviceIdentity.read(folder, List.of())).isEmpty();
            hub.losesAnswers.set(false);
            String first = hub.requests.remove();
            join(hub, Optional.empty());
            assertThat(hub.requests).containsOnly(first);
            assertThat(DeviceIdentity.read(folder, List.of())).isPresent();
        }
    }

    @Test
    void anotherHubIsNotTold() throws Exception {
        try (FakeHub hub = new FakeHub(hubFolder)) {
            Fingerprint other = Fingerprint.of(Keys.fresh(RANDOM).getPublic());
            assertThatThrownBy(() ->
                            FirstContact.join(hub.wish(other), Optional.empty(), folder, RANDOM))
                    .isInstanceOfSatisfying(
                            FacetException.class,
                            refused ->
                                    assertThat(refused.code())
                                            .isEqualTo(ErrorCode.UNAUTHENTICATED));
            assertThat(hub.requests).isEmpty();
        }
    }

    @Test
    void aDueCertificateIsRenewedWithANewKeyAndShownFromThenOn() throws Exception {
        try (FakeHub hub = new FakeHub(hubFolder)) {
            join(hub, Optional.empty());
            DeviceIdentity identity = DeviceIdentity.read(folder, List.of()).orElseThrow();
            String first = Authority.name(identity.tls().credential().certificate());
            hub.renew.set(true);
            try (HttpClient http =
                            HttpClient.newBuilder().sslContext(identity.tls().context()).build();
                    Renewal renewal = new Renewal(http, hub.address(), identity, RANDOM)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> hub.requests.size() == 2);
                await().atMost(Duration.ofSeconds(60))
                        .until(() ->
                                !Authority.name(identity.tls().credential().certificate())
                                        .equals(first));
                assertThat(renewal).isNotNull();
            }
            assertThat(hub.shown.peek()).isEqualTo(first);
            String second = Authority.name(identity.tls().credential().certificate());
            assertThat(
                            Authority.name(
                                    DeviceIdentity.read(folder, List.of())
                                            .orElseThrow()
                                            .tls()
                                            .credential()
                                            .certificate()))
                    .isEqualTo(second);
            try (HttpClient later =
                    HttpClient.newBuilder().sslContext(identity.tls().context()).build()) {
                hub.shown.clear();
                Enrolment asks =
                        new Enrolment(
                                later,
                                hub.address(),
                                io.facet.config.Secret.NONE,
                                folder.resolve("enrolment.json"));
                assertThatThrownBy(asks::ask).isInstanceOf(FacetException.class);
                assertThat(hub.shown.peek()).isEqualTo(second);
            }
            assertThat(hub.requests.stream().distinct()).hasSize(2);
        }
    }

    private void join(FakeHub hub, Optional<DeviceIdentity> before) throws InterruptedException {
        FirstContact.join(hub.wish(), before, folder, RANDOM);
    }
}
