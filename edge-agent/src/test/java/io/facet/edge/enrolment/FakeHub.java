package io.facet.edge.enrolment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.facet.config.Secret;
import io.facet.model.AgentId;
import io.facet.pki.Authority;
import io.facet.pki.CertificateRequest;
import io.facet.pki.Fingerprint;
import io.facet.pki.JoinToken;
import io.facet.pki.Keys;
import io.facet.pki.Validity;
import io.facet.tls.Pem;
import io.facet.tls.ServerTls;
import io.facet.tls.TlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** As much of a hub as certifies boxes, over real TLS. */
final class FakeHub implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LIFETIME = Duration.ofMinutes(30);
    private static final String SECRET = "fj_12345678_" + "a".repeat(43);

    final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    final BlockingQueue<String> shown = new LinkedBlockingQueue<>();
    final AtomicBoolean renew = new AtomicBoolean();
    final AtomicBoolean losesAnswers = new AtomicBoolean();

    private final Authority authority = Authority.create("test", Instant.now(), RANDOM);
    private final HttpsServer server;

    FakeHub(Path folder) throws IOException {
        KeyPair pair = Keys.fresh(RANDOM);
        X509Certificate own =
                authority.forListener(
                        List.of("localhost", "127.0.0.1"),
                        pair.getPublic(),
                        Validity.starting(Instant.now(), LIFETIME));
        Path certificate =
                Files.writeString(
                        folder.resolve("hub.crt"), Pem.of(List.of(own, authority.certificate())));
        Path key = Files.writeString(folder.resolve("hub.key"), Pem.of(pair.getPrivate()));
        SSLContext context =
                new ServerTls(new TlsSettings.Pem(certificate, key))
                        .context(List.of(authority.certificate()));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(context) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                        wanted.setWantClientAuth(true);
                        parameters.setSSLParameters(wanted);
                    }
                });
        server.createContext("/api/v1/join", this::certify);
        server.createContext("/api/v1/devices/self/certificate", this::certify);
        server.createContext("/api/v1/devices/self", this::self);
        server.start();
    }

    URI address() {
        return URI.create("https://localhost:" + server.getAddress().getPort());
    }

    FirstContact.Wish wish(Fingerprint pin) {
        return new FirstContact.Wish(
                new JoinToken.AtHub(new JoinToken(new Secret(SECRET), pin), address()),
                java.util.Optional.of(new AgentId("gate")));
    }

    FirstContact.Wish wish() {
        return wish(Fingerprint.of(authority.certificate()));
    }

    private void certify(HttpExchange exchange) throws IOException {
        JsonNode asked = JSON.readTree(exchange.getRequestBody());
        requests.add(asked.path("csr").asText());
        if (losesAnswers.get()) {
            exchange.close();
            return;
        }
        X509Certificate certificate =
                authority.forBox(
                        new AgentId("gate"),
                        CertificateRequest.key(asked.path("csr").asText()),
                        Validity.starting(Instant.now(), Duration.ofSeconds(60)));
        renew.set(false);
        answer(
                exchange,
                201,
                Map.of(
                        "certificate",
                        Pem.of(List.of(certificate, authority.certificate())),
                        "authorities",
                        Pem.of(List.of(authority.certificate()))));
    }

    private void self(HttpExchange exchange) throws IOException {
        X509Certificate box =
                (X509Certificate)
                        ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
        shown.add(Authority.name(box));
        answer(exchange, 200, Map.of("certificate", Map.of("renew", renew.get())));
    }

    private static void answer(HttpExchange exchange, int status, Map<String, ?> body)
            throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
