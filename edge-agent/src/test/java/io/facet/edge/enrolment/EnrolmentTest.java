package io.facet.edge.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.facet.config.Secret;
import io.facet.crypto.SigningKeyPair;
import io.facet.crypto.VerifyingKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub's answer over real HTTP. */
class EnrolmentTest {
    private final VerifyingKey key = SigningKeyPair.generate().verifying();

    @TempDir private Path folder = Path.of("");
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer hub;
    private volatile String galleryKey = text(key);

    @BeforeEach
    void start() throws Exception {
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        hub.createContext(
                "/api/v1/devices/self",
                exchange -> {
                    byte[] answer =
                            ("{\"agent_id\":\"box-1\",\"site_id\":\"default\",\"mqtt\":{\"url\":"
                                            + "\"tcp://127.0.0.1:1883\"},\"gallery_key\":\""
                                            + galleryKey
                                            + "\"}")
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        hub.start();
    }

    @AfterEach
    void stop() {
        hub.stop(0);
        http.close();
    }

    private static String text(VerifyingKey key) {
        return Base64.getEncoder().encodeToString(key.bytes());
    }

    private Enrolment enrolment() {
        return new Enrolment(
                http,
                URI.create("http://127.0.0.1:" + hub.getAddress().getPort()),
                new Secret("device-key"),
                folder.resolve("enrolment.json"));
    }

    @Test
    void theGalleryKeyIsTakenOverOnceAndKept() throws Exception {
        assertThat(enrolment().galleryKey()).isEqualTo(key);
        galleryKey = text(SigningKeyPair.generate().verifying());
        assertThatThrownBy(() -> enrolment().ask())
                .hasMessageContaining(key.keyId())
                .hasMessageContaining("enrolment.json");
        galleryKey = "";
        assertThatThrownBy(() -> enrolment().ask()).hasMessageContaining("another key");
        assertThat(enrolment().galleryKey()).isEqualTo(key);
    }

    @Test
    void aHubWithoutAKeyAndADamagedKeyAreSaidInOneSentence() {
        galleryKey = "";
        assertThatThrownBy(() -> enrolment().galleryKey()).hasMessageContaining("does not sign");
        galleryKey = "bm8ga2V5";
        assertThatThrownBy(() -> enrolment().galleryKey())
                .hasMessageContaining("does not answer as a Facet hub");
    }
}
