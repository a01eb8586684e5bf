package io.facet.edge.software;

import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Artefacts by {@code GET /api/v1/sync/artefacts/{sha256}}, also from a byte on. Thread-safe. */
public final class HubArtefacts implements ArtefactSource {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final URI hub;
    private final Secret key;

    /**
     * Asks as an agent.
     *
     * @param key the agent's credential; empty when the connections are made with a certificate
     */
    public HubArtefacts(HttpClient http, URI hub, Secret key) {
        this.http = http;
        this.hub = hub;
        this.key = key;
    }

    @Override
    public Rest open(Artefact artefact, long from) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(hub.resolve("/api/v1/sync/artefacts/" + artefact.sha256()))
                        .timeout(PATIENCE);
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key.reveal());
        }
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
        String range = answer.headers().firstValue("Content-Range").orElse("");
        if (answer.statusCode() == 206 && range.startsWith("bytes " + from + "-")) {
            return new Rest(from, answer.body());
        }
        if (answer.statusCode() == 200) {
            return new Rest(0, answer.body());
        }
        answer.body().close();
        throw refused(answer.statusCode());
    }

    private FacetException refused(int status) {
        return switch (status) {
            case 401, 403 ->
                    new FacetException(
                            ErrorCode.UNAUTHENTICATED, "the hub does not give this box software");
            case 404 ->
                    new FacetException(
                            ErrorCode.UNAVAILABLE,
                            "the hub does not give this box the artefact any more");
            default ->
                    new FacetException(
                            ErrorCode.UNAVAILABLE,
                            "the hub at " + hub + " answers for software with status " + status);
        };
    }
}
