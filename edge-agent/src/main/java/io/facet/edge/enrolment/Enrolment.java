package io.facet.edge.enrolment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.config.Secret;
import io.facet.crypto.KeyFile;
import io.facet.crypto.VerifyingKey;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the hub who this box is ({@code GET /api/v1/devices/self} with the device key) and remembers
 * the answer, so that the agent starts without the hub as well. The key that the hub signs the
 * gallery with is taken over once and kept: an answer with another one is refused. Thread-safe.
 */
public final class Enrolment {
    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_ANSWER = 64 * 1024;

    private final HttpClient http;
    private final URI hub;
    private final Secret key;
    private final Path memory;

    /**
     * @param hub the hub's web address
     * @param key empty when the connections are made with a certificate
     * @param memory file for the hub's last answer
     */
    public Enrolment(HttpClient http, URI hub, Secret key, Path memory) {
        this.http = http;
        this.hub = hub;
        this.key = key;
        this.memory = memory;
    }

    /**
     * What the hub says now.
     *
     * @throws FacetException {@code UNAVAILABLE} when it does not answer, {@code UNAUTHENTICATED}
     *     when it refuses the key
     */
    public Membership ask() throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(hub.resolve("/api/v1/devices/self")).timeout(PATIENCE);
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key.reveal());
        }
        try {
            HttpResponse<InputStream> answer =
                    http.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                String text = new String(body.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8);
                return answered(answer.statusCode(), text);
            }
        } catch (IOException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE, "the hub at " + hub + " does not answer", failure);
        }
    }

    private Membership answered(int status, String text) {
        if (status == 401 || status == 403) {
            throw new FacetException(
                    ErrorCode.UNAUTHENTICATED,
                    "the hub at "
                            + hub
                            + " refuses this box; let it join again with a new token, or register it"
                            + " again and store the new key");
        }
        if (status != 200) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE, "the hub at " + hub + " answers with status " + status);
        }
        Membership membership = parse(text);
        Optional<Membership> before = remembered();
        if (!before.equals(Optional.of(membership))) {
            before.flatMap(Membership::galleryKey).ifPresent(kept -> checkSame(kept, membership));
            remember(membership);
        }
        return membership;
    }

    private void checkSame(VerifyingKey kept, Membership now) {
        if (!now.galleryKey().equals(Optional.of(kept))) {
            throw new FacetException(
                    ErrorCode.CONFLICT,
                    "the hub at "
                            + hub
                            + " signs with another key than the one this box knows ("
                            + kept.keyId()
                            + "); if the hub was set up anew, delete "
                            + memory.getFileName()
                            + " in the agent's data folder");
        }
    }

    /**
     * What the hub signs the gallery with: as remembered, else as it says now.
     *
     * @throws FacetException as {@link #ask}, and {@code UNAVAILABLE} when the hub signs nothing
     */
    public VerifyingKey galleryKey() throws InterruptedException {
        Optional<VerifyingKey> kept = remembered().flatMap(Membership::galleryKey);
        return kept.isPresent()
                ? kept.get()
                : ask().galleryKey()
                        .orElseThrow(() ->
                                new FacetException(
                                        ErrorCode.UNAVAILABLE,
                                        "the hub at "
                                                + hub
                                                + " does not sign the gallery; update it"));
    }

    /** What the hub said last; empty when it never did. */
    public Optional<Membership> remembered() {
        try {
            return KeyFile.read(memory)
                    .map(bytes -> parse(new String(bytes, StandardCharsets.UTF_8)));
        } catch (FacetException unreadable) {
            LOG.warn("{} is unreadable and is asked for again", memory);
            return Optional.empty();
        }
    }

    private void remember(Membership m) {
        Map<String, Object> answer =
                Map.of(
                        "agent_id", m.agent().value(),
                        "site_id", m.site().value(),
                        "mqtt", Map.of("url", m.broker().toString()),
                        "gallery_key", m.galleryKey().map(Enrolment::text).orElse(""));
        try {
            KeyFile.write(memory, JSON.writeValueAsBytes(answer));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        } catch (FacetException fullDisk) {
            LOG.warn("the hub's answer could not be remembered: {}", fullDisk.reason());
        }
    }

    private static String text(VerifyingKey key) {
        return Base64.getEncoder().encodeToString(key.bytes());
    }

    private static Optional<VerifyingKey> galleryKey(String text) {
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(VerifyingKey.of(Base64.getDecoder().decode(text)));
    }

    private Membership parse(String text) {
        try {
            JsonNode answer = JSON.readTree(text);
            return new Membership(
                    new AgentId(answer.path("agent_id").asText()),
                    new SiteId(answer.path("site_id").asText()),
                    URI.create(answer.path("mqtt").path("url").asText()),
                    galleryKey(answer.path("gallery_key").asText()));
        } catch (JsonProcessingException | IllegalArgumentException | FacetException malformed) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    hub + " does not answer as a Facet hub; check agent.hub_url",
                    malformed);
        }
    }
}
