package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.facet.cli.client.HubClient;
import io.facet.cli.client.LocalPorts;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.HubWebFront;
import io.facet.hub.security.Role;
import io.facet.hub.testing.Configs;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.TestBox;
import io.facet.hub.testing.TestCertificate;
import io.facet.hub.web.Http.Answer;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.tls.TrustedCa;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub's listeners beyond loopback. */
class TlsIT {
    @TempDir Path folder;

    @Test
    void everyListenerSpeaksTlsAndRenewsItsCertificateWhileItRuns() throws Exception {
        TestCertificate first = TestCertificate.make(folder, "first", "EC");
        TestCertificate second = TestCertificate.make(folder, "second", "RSA");
        Path authorities =
                Files.writeString(
                        folder.resolve("authorities.pem"),
                        Files.readString(first.certificate())
                                + Files.readString(second.certificate()));
        SSLContext trust = TrustedCa.context(authorities);
        Map<String, String> config =
                Map.of(
                        "FACET_HUB_HOST",
                        "0.0.0.0",
                        "FACET_MQTT_HOST",
                        "0.0.0.0",
                        "FACET_HUB_TLS_CERTIFICATE",
                        first.certificate().toString(),
                        "FACET_HUB_TLS_KEY",
                        first.key().toString());
        Path data = folder.resolve("data");
        try (DevHub hub = DevHub.in(data, new HubWebFront(), Configs.with(config))) {
            URI web = URI.create("https://localhost:" + hub.port());
            pageAndKeyTravelByTls(hub, web, trust);
            assertThat(subject(web, trust)).isEqualTo("CN=first");
            theBoxesBrokerSpeaksTls(hub, web, trust);
            theClientFindsTheHub(data, trust, hub);
            first.replaceWith(second);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> subject(web, trust).equals("CN=second"));
        }
    }

    private static void pageAndKeyTravelByTls(DevHub hub, URI web, SSLContext trust) {
        Http http = new Http(web, Optional.of(trust));
        assertThat(http.get("/").header("Strict-Transport-Security")).contains("max-age");
        Answer in = http.json("POST", "/api/v1/session", Map.of("key", adminKey(hub)));
        assertThat(in.header("Set-Cookie")).contains("Secure", "HttpOnly", "SameSite=Strict");
        Http stranger = new Http(web, Optional.empty());
        assertThatThrownBy(() -> stranger.get("/"))
                .hasRootCauseMessage("unable to find valid certification path to requested target");
        Http plain = new Http(URI.create("http://localhost:" + hub.port()), Optional.empty());
        assertThatThrownBy(() -> plain.get("/")).isInstanceOf(AssertionError.class);
    }

    private static void theBoxesBrokerSpeaksTls(DevHub hub, URI web, SSLContext trust)
            throws Exception {
        AgentId agent = new AgentId("box-t");
        String key = hub.services().devices().register(agent, SiteId.DEFAULT).key().reveal();
        Http http = new Http(web, Optional.of(trust));
        URI broker =
                URI.create(
                        http.get("/api/v1/devices/self", "X-API-Key", key)
                                .json()
                                .path("mqtt")
                                .path("url")
                                .asText());
        assertThat(broker.getScheme()).isEqualTo("ssl");
        assertThat(broker.getHost()).isEqualTo("localhost");
        try (TestBox box = TestBox.connect(agent, key, broker, Optional.of(trust))) {
            assertThat(box.hubInfo().getSealingPublicKey()).isNotEmpty();
        }
        URI plain = URI.create("tcp://localhost:" + broker.getPort());
        assertThatThrownBy(() -> TestBox.connect(agent, key, plain).close())
                .isInstanceOf(Exception.class);
    }

    private static void theClientFindsTheHub(Path data, SSLContext trust, DevHub hub)
            throws Exception {
        URI found = LocalPorts.web(Http.JSON.readTree(data.resolve("ports.json").toFile()));
        assertThat(found).hasScheme("https");
        HubClient client = new HubClient(found, adminKey(hub), Optional.of(trust));
        assertThat(client.get("/api/faces")).isInstanceOf(HubClient.Answer.Done.class);
    }

    private static String adminKey(DevHub hub) {
        return hub.services().apiKeys().issue("t", Role.ADMIN, SiteScope.ALL).key().reveal();
    }

    private static String subject(URI web, SSLContext trust) throws Exception {
        try (HttpClient client = HttpClient.newBuilder().sslContext(trust).build()) {
            return ((X509Certificate)
                            client.send(
                                            HttpRequest.newBuilder(web.resolve("/health/live"))
                                                    .build(),
                                            BodyHandlers.discarding())
                                    .sslSession()
                                    .orElseThrow()
                                    .getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    @Test
    void nothingListensBeyondLoopbackWithoutTlsUnlessToldTo() {
        for (String host : new String[] {"FACET_HUB_HOST", "FACET_MQTT_HOST"}) {
            Map<String, String> config = Map.of(host, "0.0.0.0");
            assertThatThrownBy(() ->
                            DevHub.in(
                                            folder.resolve("open"),
                                            new HubWebFront(),
                                            Configs.with(config))
                                    .close())
                    .isInstanceOfSatisfying(
                            FacetException.class,
                            refused ->
                                    assertThat(refused.code())
                                            .isEqualTo(ErrorCode.INVALID_CONFIGURATION))
                    .hasMessageContaining("hub.allow_insecure");
        }
    }
}
