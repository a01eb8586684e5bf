package io.facet.edge.sync;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.EmbeddingSpace;
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
import java.time.Duration;
import java.util.Optional;

/** Pages of the gallery by {@code GET /api/v1/sync/gallery}. Thread-safe. */
public final class HubGallery implements GallerySource {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_PAGE = 32 << 20;

    private final HttpClient http;
    private final URI hub;
    private final Secret key;
    private final EmbeddingSpace space;

    public HubGallery(HttpClient http, URI hub, Secret key, EmbeddingSpace space) {
        this.http = http;
        this.hub = hub;
        this.key = key;
        this.space = space;
    }

    @Override
    public GalleryChanges fetch(long since, Optional<String> cursor) throws InterruptedException {
        String query =
                "since="
                        + since
                        + "&space="
                        + space.id()
                        + cursor.map(c -> "&cursor=" + URLEncoder.encode(c, StandardCharsets.UTF_8))
                                .orElse("");
        HttpRequest request =
                HttpRequest.newBuilder(hub.resolve("/api/v1/sync/gallery?" + query))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + key.reveal())
                        .header("Accept", "application/x-protobuf")
                        .build();
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return answered(answer.statusCode(), body.readNBytes(MAX_PAGE + 1));
            }
        } catch (InvalidProtocolBufferException malformed) {
            throw failed("sends a malformed gallery; check the versions of hub and agent");
        } catch (IOException failure) {
            throw failed("does not answer");
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
