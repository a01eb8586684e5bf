package io.facet.hub.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Waits for enrolment jobs. */
final class Jobs {
    private Jobs() {}

    /** The job once it has ended. */
    static JsonNode await(Http http, String id, String... headers) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(
                        () -> http.get("/api/v1/enrolments/" + id, headers).json(),
                        job -> !job.path("state").asText().equals("running"));
    }
}
