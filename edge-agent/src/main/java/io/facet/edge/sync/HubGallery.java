package io.facet.edge.sync;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.config.Secret;
import io.facet.crypto.VerifyingKey;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.AgentId;
import io.facet.model.EmbeddingSpace;
import io.facet.wire.GalleryRequest;
import io.facet.wire.v1.GalleryChanges;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Pages of the gallery by {@code GET /api/v1/sync/gallery}. A page counts only under the hub's
 * signature over the question, with a nonce, and the answer: none can be made up, changed, or
 * played again. Thread-safe.
 */
public final class HubGallery implements GallerySource {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_PAGE = 32 << 20;
    private static final int NONCE_BYTES = 16;

    /** Who signs the gallery. */
    @FunctionalInterface
    public interface Signer {
        /**
         * The hub's key.
         *
         * @throws FacetException while nobody knows
         */
        VerifyingKey key() throws InterruptedException;
    }

    private final HttpClient http;
    private final URI hub;
    private final Secret key;
    private final AgentId agent;
    private final EmbeddingSpace space;
    private final Signer signer;
    private final SecureRandom random;

    /**
     * Asks as an agent.
     *
     * @param key the agent's credential; empty when the connections are made with a certificate
     * @param random makes nonces
     */
    public HubGallery(
            HttpClient http,
            URI hub,
            Secret key,
            AgentId agent,
            EmbeddingSpace space,
            Signer signer,
            SecureRandom random) {
        this.http = http;
        this.hub = hub;
        this.key = key;
        this.agent = agent;
        this.space = space;
        this.signer = signer;
        this.random = random;
    }

    @Override
    public GalleryChanges fetch(long since, Optional<String> cursor) throws InterruptedException {
        VerifyingKey signedBy = signer.key();
        GalleryRequest asked = new GalleryRequest(agent, since, space.id(), cursor, nonce());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(hub.resolve("/api/v1/sync/gallery?" + query(asked)))
                        .timeout(PATIENCE)
                        .header("Accept", "application/x-protobuf");
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key.reveal());
        }
        try {
            HttpResponse<InputStream> answer =
                    http.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(MAX_PAGE + 1);
                if (answer.statusCode() == 200) {
                    check(signedBy, asked, bytes, signature(answer));
                }
                return answered(answer.statusCode(), bytes);
            }
        } catch (InvalidProtocolBufferException malformed) {
            throw failed("sends a malformed gallery; check the versions of hub and agent");
        } catch (IOException failure) {
            throw failed("does not answer");
        }
    }

    private String nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return HexFormat.of().formatHex(nonce);
    }

    private static String query(GalleryRequest asked) {
        return "since="
                + asked.since()
                + "&space="
                + asked.space()
                + "&nonce="
                + asked.nonce()
                + asked.cursor()
                        .map(c -> "&cursor=" + URLEncoder.encode(c, StandardCharsets.UTF_8))
                        .orElse("");
    }

    /** The signature's bytes; none when there is no readable one. */
    private static byte[] signature(HttpResponse<InputStream> answer) {
        String header = answer.headers().firstValue(GalleryRequest.SIGNATURE_HEADER).orElse("");
        try {
            return Base64.getDecoder().decode(header.substring(header.indexOf(' ') + 1));
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }

    private void check(VerifyingKey signedBy, GalleryRequest asked, byte[] body, byte[] signature) {
        if (!signedBy.verifies(signature, asked.signed(), body)) {
            throw failed(
                    "sends a gallery that is not signed with its key "
                            + signedBy.keyId()
                            + "; what is held stays in use");
        }
    }

    private GalleryChanges answered(int status, byte[] body) throws InvalidProtocolBufferException {
        return switch (status) {
            case 200 -> page(body);
            case 401, 403 ->
                    throw new FacetException(
                            ErrorCode.UNAUTHENTICATED,
                            "the hub refuses this box's key; register the box again and store the"
                                    + " new key");
            case 422 -> throw otherSpace();
            default -> throw failed("answers a request for the gallery with status " + status);
        };
    }

    private GalleryChanges page(byte[] body) throws InvalidProtocolBufferException {
        if (body.length > MAX_PAGE) {
            throw failed("sends pages of over " + MAX_PAGE + " bytes");
        }
        return GalleryChanges.parseFrom(body);
    }

    private static FacetException otherSpace() {
        return new FacetException(
                ErrorCode.SPACE_MISMATCH,
                "hub and agent run different models, so their faces cannot be compared; give both"
                        + " the same pack (recognition.model, or --pack)");
    }

    private FacetException failed(String how) {
        return new FacetException(ErrorCode.UNAVAILABLE, "the hub at " + hub + " " + how);
    }
}
