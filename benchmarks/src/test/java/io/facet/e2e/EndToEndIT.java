package io.facet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.cli.client.HubClient;
import io.facet.config.Places;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clip in, name out, through two processes; and nothing lost when they are killed. */
class EndToEndIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path modules = Program.home().resolve("hub/src/main/web");

    @TempDir Path data;

    @BeforeEach
    void needsDemoClipsAndNode() {
        assumeThat(
                        Places.find(System.getenv(), Path.of(""))
                                .testData()
                                .filter(d -> Files.isDirectory(d.resolve("intel-videos"))))
                .as("the demo clips")
                .isPresent();
        assumeThat(Files.isDirectory(modules.resolve("node_modules/socket.io-client")))
                .as("the npm socket.io-client")
                .isTrue();
    }

    @Test
    void theDemoNamesTheWomanOncePerVisitAndNotTheMan() throws Exception {
        try (Program up = up()) {
            URI hub = Program.address(data);
            String key = Program.key(data);
            try (Listener websocket = new Listener(modules, hub, key, "websocket");
                    Listener polling = new Listener(modules, hub, key, "polling");
                    Listener stranger = new Listener(modules, hub, "wrong", "websocket")) {
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(websocket.events("face_recognized")).isNotEmpty());
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(polling.events("face_recognized")).isNotEmpty());
                JsonNode event = websocket.events("face_recognized").getFirst();
                assertThat(event.path("name").asText()).isEqualTo("Ada (demo)");
                assertThat(event.path("confidence").asDouble()).isBetween(0.6, 1.0);
                for (String field :
                        List.of("face_id", "camera_id", "camera_name", "confidence", "timestamp")) {
                    assertThat(event.has(field)).as(field).isTrue();
                }
                assertThat(stranger.events("connect")).isEmpty();
                assertThat(stranger.events("connect_error")).isNotEmpty();
            }
            HubClient client = Program.client(data);
            List<JsonNode> stored = recognised(client);
            assertThat(stored).isNotEmpty();
            assertThat(stored)
                    .allSatisfy(e -> assertThat(e.path("name").asText()).isEqualTo("Ada (demo)"));
            assertThat(stored.stream().map(e -> e.path("track_id").asText()))
                    .as("one event per visit")
                    .doesNotHaveDuplicates();
            eraseEverywhere(client, stored.getFirst().path("person_id").asText());
            assertThat(up.alive()).isTrue();
        }
    }

    private static void eraseEverywhere(HubClient client, String person) {
        client.delete("/api/v1/people/" + person).orThrow();
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    JsonNode receipt =
                            client.get("/api/v1/people/" + person + "/erasure").orThrow();
                    assertThat(receipt.path("devices").findValues("erased"))
                            .as(receipt.toString())
                            .isNotEmpty()
                            .allSatisfy(erased -> assertThat(erased.asBoolean()).isTrue());
                });
    }

    @Test
    void aKilledHubAndAKilledAgentLoseNothingAndStoreNothingTwice() throws Exception {
        try (Program up = up()) {
            await().atMost(PATIENCE).until(() -> !recognised(Program.client(data)).isEmpty());
            assertThat(up.stop()).isTrue();
        }
        Program hub = hub();
        Program agent = agent();
        try {
            for (int round = 0; round < 2; round++) {
                Thread.sleep(4000);
                hub.kill();
                Thread.sleep(3000);
                hub = hub();
                Thread.sleep(3000);
                agent.kill();
                agent = agent();
            }
            HubClient client = Program.client(data);
            int before = all(client).size();
            await().atMost(PATIENCE).until(() -> all(client).size() > before);
            assertThat(agent.stop()).isTrue();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(missing(all(client))).isEmpty());
            assertThat(all(client).stream().map(e -> e.path("event_id").asText()))
                    .doesNotHaveDuplicates();
        } finally {
            agent.close();
            hub.close();
        }
    }

    /**
     * Sequence numbers below the highest that the hub does not hold; none may be missing or twice.
     */
    private static List<Long> missing(List<JsonNode> events) {
        Set<Long> seen = new HashSet<>();
        long highest = 0;
        for (JsonNode event : events) {
            long sequence = event.path("sequence").asLong();
            assertThat(seen.add(sequence)).as("sequence %d once", sequence).isTrue();
            highest = Math.max(highest, sequence);
        }
        List<Long> missing = new ArrayList<>();
        for (long s = 1; s <= highest; s++) {
            if (!seen.contains(s)) {
                missing.add(s);
            }
        }
        return missing;
    }

    private Program up() throws Exception {
        Program up =
                Program.start(
                        data.resolve("up.log"), "up", "--data", data.toString(), "--port", "0");
        await().atMost(PATIENCE)
                .failFast(() -> assertThat(up.alive()).as(log("up.log")).isTrue())
                .until(() -> log("up.log").contains("Facet is up"));
        return up;
    }

    private Program hub() throws Exception {
        Files.deleteIfExists(data.resolve("ports.json"));
        int port = fixedPort();
        Program hub =
                Program.start(
                        data.resolve("hub.log"),
                        "hub",
                        "--data",
                        data.toString(),
                        "--port",
                        Integer.toString(port));
        await().atMost(PATIENCE)
                .failFast(() -> assertThat(hub.alive()).as(log("hub.log")).isTrue())
                .ignoreExceptions()
                .until(() ->
                        Program.client(data).get("/health/ready") instanceof HubClient.Answer.Done);
        return hub;
    }

    private final Map<String, Integer> ports = new HashMap<>();

    /** The agent must find the hub again, so the hub keeps its port over restarts. */
    private int fixedPort() throws IOException {
        Integer port = ports.get("http");
        if (port == null) {
            try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
                port = free.getLocalPort();
            }
            ports.put("http", port);
        }
        return port;
    }

    private Program agent() throws IOException {
        return Program.start(
                data.resolve("agent.log"),
                "edge",
                "--data",
                data.resolve("agent").toString(),
                "--hub",
                Program.address(data).toString(),
                "--port",
                "0");
    }

    private static List<JsonNode> recognised(HubClient client) {
        return all(client).stream()
                .filter(e -> e.path("kind").asText().equals("face_recognized"))
                .toList();
    }

    private static List<JsonNode> all(HubClient client) {
        List<JsonNode> events = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = client.get("/api/v1/events?limit=100" + cursor).orThrow();
            page.path("events").forEach(events::add);
            String next = page.path("next_cursor").asText("");
            cursor = next.isEmpty() || next.equals("null") ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return events;
    }

    private String log(String name) {
        try {
            return Files.readString(data.resolve(name));
        } catch (IOException notYet) {
            return "";
        }
    }
}
