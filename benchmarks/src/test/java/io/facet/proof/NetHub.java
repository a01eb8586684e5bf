package io.facet.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.cli.client.HubClient;
import io.facet.cli.client.HubClient.Answer;
import io.facet.e2e.Program;
import io.facet.model.Jpeg;
import io.facet.proof.Namespaces.Place;
import io.facet.tls.TrustedCa;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ./facet hub} in its namespace, over TLS, with boxes from elsewhere. One thread's. */
final class NetHub implements AutoCloseable {
    private final Path data;
    private final Program program;
    private final HubClient client;

    private NetHub(Path data, Program program, HubClient client) {
        this.data = data;
        this.program = program;
        this.client = client;
    }

    /** Starts one and waits until it serves. */
    static NetHub start(Namespaces namespaces, Path data) throws IOException {
        Files.createDirectories(data);
        Path log = data.resolve("hub.log");
        Program program =
                Program.start(
                        namespaces.enter(Place.HUB),
                        log,
                        Map.of(
                                "FACET_HUB_HOST",
                                "0.0.0.0",
                                "FACET_MQTT_HOST",
                                "0.0.0.0",
                                "FACET_HUB_TLS_NAMES",
                                Namespaces.HUB + "," + Namespaces.HUB_FROM_HERE),
                        "hub",
                        "--data",
                        data.toString(),
                        "--port",
                        "0");
        try {
            await("the hub serves")
                    .atMost(Duration.ofMinutes(3))
                    .failFast(() -> assertThat(program.alive()).as(Files.readString(log)).isTrue())
                    .until(() -> Files.exists(data.resolve("ports.json")));
            HubClient client =
                    new HubClient(
                            URI.create(
                                    "https://%s:%d"
                                            .formatted(
                                                    Namespaces.HUB_FROM_HERE,
                                                    Program.port(data, "http"))),
                            Program.key(data),
                            Optional.of(TrustedCa.context(data.resolve("authority.crt"))));
            return new NetHub(data, program, client);
        } catch (RuntimeException | IOException failure) {
            program.close();
            throw failure;
        }
    }

    int port(String name) throws IOException {
        return Program.port(data, name);
    }

    /** A token for a box, as its {@code --join} wants it. */
    String token(Place box) throws IOException {
        return client.post("/api/v1/join-tokens", Map.of("agent_id", NetBox.name(box)))
                        .orThrow()
                        .path("join_token")
                        .asText()
                + "@"
                + Namespaces.HUB
                + ":"
                + port("http");
    }

    /** Gives a box a clip for a camera; the camera's id. */
    String camera(NetBox box, Path clip) {
        return client.post(
                        "/api/cameras",
                        Map.of(
                                "name",
                                "Camera of " + box.name(),
                                "url",
                                clip.toUri().toString(),
                                "agent_id",
                                box.name()))
                .orThrow()
                .path("camera_id")
                .asText();
    }

    /** What the hub says of a box. */
    JsonNode device(NetBox box) {
        return client.get("/api/v1/devices/" + box.name()).orThrow();
    }

    boolean online(NetBox box) {
        return device(box).path("online").asBoolean();
    }

    /** Enrols somebody with those of the pictures that are good enough. */
    long enrol(String name, List<Jpeg> pictures) {
        return pictures.stream()
                .filter(picture ->
                        client.register(name, picture.bytes(), Map.of("on_duplicate", "link"))
                                instanceof Answer.Done)
                .limit(3)
                .count();
    }

    /** All events of a camera. */
    List<JsonNode> events(String camera) {
        List<JsonNode> events = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    client.get("/api/v1/events?limit=100&camera_id=" + camera + cursor).orThrow();
            page.path("events").forEach(events::add);
            String next = page.path("next_cursor").asText("");
            cursor = next.isEmpty() || next.equals("null") ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return events;
    }

    boolean alive() {
        return program.alive();
    }

    @Override
    public void close() {
        program.close();
    }
}
