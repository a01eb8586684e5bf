package io.facet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.facet.cli.client.HubClient;
import io.facet.config.Places;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running box gets other models from its hub, by an operator's verbs, and goes on naming. */
class FleetIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String WOMAN = "Ada (demo)";
    private static final String BOX = "agent-1";

    @TempDir Path data;

    @BeforeEach
    void needsDemoClips() {
        assumeThat(
                        Places.find(System.getenv(), Path.of(""))
                                .testData()
                                .filter(d -> Files.isDirectory(d.resolve("intel-videos"))))
                .as("the demo clips")
                .isPresent();
    }

    @Test
    void aBoxTakesModelsOverFromItsHubAndItsEventsHaveFilms() throws Exception {
        Path log = data.resolve("up.log");
        Map<String, String> environment =
                Map.of(
                        "FACET_CLIPS_ENABLED",
                        "true",
                        "FACET_SETTLED_AFTER",
                        "3",
                        "FACET_CALM_FOR",
                        "1");
        String[] arguments = {"up", "--data", data.toString(), "--port", "0", "--pack", "starter"};
        try (Program up = Program.start(log, environment, arguments)) {
            await().atMost(PATIENCE)
                    .failFast(() -> assertThat(up.alive()).as(Files.readString(log)).isTrue())
                    .until(() -> Files.readString(log).contains("Facet is up"));
            HubClient hub = Program.client(data);
            assertHasFilm(named(hub, Instant.EPOCH), hub);
            assertThat(models(hub).path("version").asText()).isEqualTo("starter");

            succeeds("models", "prepare", "open");
            String sha256 =
                    succeeds("artefacts", "add", "--models", "open", "--json")
                            .get("sha256")
                            .asText();
            succeeds("devices", "group", BOX, "canary");
            String rollout = started(sha256);
            await().atMost(PATIENCE)
                    .failFast(() -> assertThat(up.alive()).isTrue())
                    .until(() -> state(rollout).equals("done"));
            JsonNode models = models(hub);
            assertThat(models.path("version").asText()).isEqualTo("open");
            assertThat(models.path("sha256").asText()).isEqualTo(sha256);
            named(hub, Instant.now());
            assertThat(succeeds("rollouts", "roll-back", rollout, "--json").path("state").asText())
                    .isEqualTo("rolled_back");
            await().atMost(PATIENCE)
                    .until(() -> models(hub).path("version").asText().equals("starter"));
            named(hub, Instant.now());
        }
    }

    private String started(String sha256) throws Exception {
        String[] start = {
            "rollouts",
            "start",
            sha256,
            "--stage",
            "canary",
            "--stage",
            "100%",
            "--hold",
            "1",
            "--json"
        };
        return succeeds(start).path("rollout_id").asText();
    }

    private String state(String rollout) throws Exception {
        JsonNode shown = succeeds("rollouts", "show", rollout, "--json").path("rollout");
        assertThat(shown.path("state").asText()).as(shown.toString()).isNotEqualTo("halted");
        return shown.path("state").asText();
    }

    /** An event that names the woman, captured after a moment. */
    private static JsonNode named(HubClient hub, Instant after) {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            for (JsonNode event :
                                    hub.get("/api/v1/events?kind=face_recognized")
                                            .orThrow()
                                            .path("events")) {
                                if (Instant.parse(event.path("captured_at").asText())
                                        .isAfter(after)) {
                                    return event;
                                }
                            }
                            return MissingNode.getInstance();
                        },
                        event -> event.path("name").asText().equals(WOMAN));
    }

    private void assertHasFilm(JsonNode event, HubClient hub) throws Exception {
        String path = "/api/v1/events/" + event.path("event_id").asText();
        await().atMost(PATIENCE).until(() -> hub.get(path).orThrow().path("clip_url").isTextual());
        URI clip = Program.address(data).resolve(hub.get(path).orThrow().path("clip_url").asText());
        HttpRequest request =
                HttpRequest.newBuilder(clip).header("X-API-Key", Program.key(data)).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> film = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(film.headers().firstValue("Content-Type")).contains("video/webm");
            assertThat(film.body()).startsWith(0x1a, 0x45, 0xdf, 0xa3).hasSizeGreaterThan(10_000);
        }
    }

    private static JsonNode models(HubClient hub) {
        for (JsonNode product : hub.get("/api/v1/devices/" + BOX).orThrow().path("software")) {
            if (product.path("product").asText().equals("facet-models")) {
                return product;
            }
        }
        return MissingNode.getInstance();
    }

    private JsonNode succeeds(String... verb) throws Exception {
        String[] arguments = java.util.Arrays.copyOf(verb, verb.length + 2);
        arguments[verb.length] = "--data";
        arguments[verb.length + 1] = data.toString();
        Program.Result result = Program.run(data.resolve("verb.log"), arguments);
        assertThat(result.status()).as(result.said()).isZero();
        return List.of(verb).contains("--json") ? result.json() : MissingNode.getInstance();
    }
}
