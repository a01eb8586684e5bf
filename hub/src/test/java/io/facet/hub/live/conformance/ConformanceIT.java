package io.facet.hub.live.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.hub.testing.NodeScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code facet hub --socketio-conformance} as a process, and a Node script that asks of it what the
 * public conformance suites ask. They have deadlines of their own (a pong within 200 ms), which a
 * crowded machine misses now and then; a check counts as failed when it fails in every round.
 */
class ConformanceIT {
    private static final int ROUNDS = 3;

    @TempDir Path data;

    private Process start() throws Exception {
        String classes =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        "io.facet.cli.Facet",
                        "hub",
                        "--socketio-conformance",
                        "--port",
                        "0",
                        "--data",
                        data.toString())
                .inheritIO()
                .start();
    }

    private int port() throws Exception {
        Path ports = data.resolve("ports.json");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> Files.exists(ports) && Files.size(ports) > 10);
        return JsonMapper.builder().build().readTree(ports.toFile()).path("http").asInt();
    }

    @Test
    void theVerbDoesWhatTheProtocolsAsk() throws Exception {
        Process hub = start();
        try (NodeScript script =
                NodeScript.startOrSkip(
                        "protocol.mjs",
                        "--url",
                        "http://127.0.0.1:" + port(),
                        "--rounds",
                        Integer.toString(ROUNDS))) {
            JsonNode report = script.next();
            assertAll(report.path("engine_io"), 24);
            assertAll(report.path("socket_io"), 32);
        } finally {
            hub.destroy();
            boolean ended = hub.waitFor(1, TimeUnit.MINUTES);
            hub.destroyForcibly();
            assertThat(ended).as("SIGTERM ends the process").isTrue();
        }
        assertThat(data).isDirectoryContaining("glob:**ports.json");
        try (var files = Files.list(data)) {
            assertThat(files).as("no database, no keys").hasSize(1);
        }
    }

    private static void assertAll(JsonNode rounds, int checks) {
        assertThat(rounds).hasSize(ROUNDS);
        rounds.forEach(round -> assertThat(round.path("checks").asInt()).isEqualTo(checks));
        for (JsonNode failure : rounds.get(0).path("failures")) {
            String name = name(failure);
            for (JsonNode round : rounds) {
                if (failures(round).noneMatch(name::equals)) {
                    name = "";
                }
            }
            assertThat(name).as("failed in every round: %s", failure).isEmpty();
        }
    }

    private static java.util.stream.Stream<String> failures(JsonNode round) {
        return round.path("failures").valueStream().map(ConformanceIT::name);
    }

    private static String name(JsonNode failure) {
        String text = failure.asText();
        int end = text.indexOf(": ", text.indexOf(": ") + 1);
        return end < 0 ? text : text.substring(0, end);
    }
}
