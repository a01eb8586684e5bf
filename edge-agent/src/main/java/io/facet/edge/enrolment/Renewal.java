package io.facet.edge.enrolment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.pki.CertificateRequest;
import io.facet.pki.Keys;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the box's certificate, each time with a new key, when the hub says that it is due. The
 * hub's clock decides: the box's own may stand anywhere. Between two looks pass a thirtieth of the
 * certificate's life, an hour at most, on the clock that nobody sets. One thread of its own.
 */
public final class Renewal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration BACKDATED = Duration.ofHours(1);
    private static final int LOOKS = 30;
    private static final int MAX_ANSWER = 64 * 1024;

    private final HttpClient http;
    private final URI hub;
    private final DeviceIdentity identity;
    private final SecureRandom random;
    private final Thread thread;

    /** Looks from now on. */
    public Renewal(HttpClient http, URI hub, DeviceIdentity identity, SecureRandom random) {
        this.http = http;
        this.hub = hub;
        this.identity = identity;
        this.random = random;
        this.thread = Thread.ofVirtual().name("certificate").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(pause());
                look();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause() {
        X509Certificate now = identity.tls().credential().certificate();
        Duration life =
                Duration.between(now.getNotBefore().toInstant(), now.getNotAfter().toInstant())
                        .minus(BACKDATED);
        Duration share = life.dividedBy(LOOKS);
        return share.compareTo(LONGEST) > 0
                ? LONGEST
                : share.compareTo(SHORTEST) < 0 ? SHORTEST : share;
    }

    private void look() throws InterruptedException {
        try {
            JsonNode self = call(request("/api/v1/devices/self").GET().build(), 200);
            if (self.path("certificate").path("renew").asBoolean()) {
                renew();
            }
        } catch (IOException | RuntimeException failure) {
            LOG.warn("the certificate was not looked after ({}); tried again", failure.toString());
        }
    }

    private void renew() throws IOException, InterruptedException {
        KeyPair pair = Keys.fresh(random);
        String body = JSON.writeValueAsString(Map.of("csr", CertificateRequest.of(pair)));
        JsonNode answer =
                call(
                        request("/api/v1/devices/self/certificate")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        201);
        identity.renew(pair.getPrivate(), DeviceIdentity.Answer.of(answer));
        LOG.info("this box has a new certificate, until {}", answer.path("expires_at").asText());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(hub.resolve(path)).timeout(PATIENCE);
    }

    private JsonNode call(HttpRequest request, int expected)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream in = answer.body()) {
            byte[] bytes = in.readNBytes(MAX_ANSWER);
            if (answer.statusCode() != expected) {
                throw new IOException("the hub answers with status " + answer.statusCode());
            }
            return JSON.readTree(bytes);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
