package io.facet.edge.uplink;

import io.facet.config.Secret;
import io.facet.model.EventId;
import io.facet.wire.v1.Sealed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Films to the hub, by {@code PUT /api/v1/sync/clips/{event_id}}. Thread-safe. */
public final class HubClips {
    /** A film over a slow line. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient http;
    private final URI hub;
    private final Secret key;

    /**
     * Sends as an agent.
     *
     * @param key the agent's credential; empty when the connections are made with a certificate
     */
    public HubClips(HttpClient http, URI hub, Secret key) {
        this.http = http;
        this.hub = hub;
        this.key = key;
    }

    /** What became of a film. */
    enum Answer {
        /** The hub has it on disk. */
        TAKEN,
        /** The hub does not know the event, which may still be on its way. */
        UNKNOWN_EVENT,
        /** The hub will never take it: its event is gone, or it is no film. */
        REFUSED,
        /** Later, perhaps. */
        NOT_NOW
    }

    Answer put(EventId event, Sealed film) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(hub.resolve("/api/v1/sync/clips/" + event))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/x-protobuf")
                        .PUT(BodyPublishers.ofByteArray(film.toByteArray()));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key.reveal());
        }
        try {
            HttpResponse<Void> answer = http.send(request.build(), BodyHandlers.discarding());
            return answer(answer.statusCode());
        } catch (IOException unreachable) {
            return Answer.NOT_NOW;
        }
    }

    /** 404 is a hub that knows of no films, perhaps until it is updated. */
    private static Answer answer(int status) {
        return switch (status) {
            case 200, 204 -> Answer.TAKEN;
            case 409 -> Answer.UNKNOWN_EVENT;
            case 400, 410, 413, 415, 422 -> Answer.REFUSED;
            default -> Answer.NOT_NOW;
        };
    }
}
