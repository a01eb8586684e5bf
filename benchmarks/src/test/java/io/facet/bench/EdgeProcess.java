package io.facet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code ./facet edge} as an operator starts it. Its log is {@code agent.log}. One thread's. */
final class EdgeProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final long POLL_MS = 20;

    private final Process process;
    private final Path data;
    private final double secondsToReady;
    private final double cpuSecondsToReady;

    private EdgeProcess(Process process, Path data) throws IOException, InterruptedException {
        this.process = process;
        this.data = data;
        this.secondsToReady = await();
        this.cpuSecondsToReady =
                process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    /** Starts one with the device key in its data folder and waits until it is ready. */
    static EdgeProcess start(Path home, Path data, URI hub, Map<String, String> variables)
            throws IOException, InterruptedException {
        Files.deleteIfExists(data.resolve("ports.json"));
        ProcessBuilder builder =
                new ProcessBuilder(
                        home.resolve("facet").toString(),
                        "edge",
                        "--data",
                        data.toString(),
                        "--hub",
                        hub.toString(),
                        "--port",
                        "0");
        builder.environment().put("FACET_BUILT", "yes");
        builder.environment().putAll(variables);
        Path log = data.resolve("agent.log");
        return new EdgeProcess(
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start(),
                data);
    }

    private double await() throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!ready(http)) {
                if (!process.isAlive() || System.nanoTime() - start > START.toNanos()) {
                    close();
                    throw new IOException(
                            "the agent did not start: "
                                    + Files.readString(data.resolve("agent.log")));
                }
                Thread.sleep(POLL_MS);
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private boolean ready(HttpClient http) throws IOException, InterruptedException {
        Path ports = data.resolve("ports.json");
        if (!Files.exists(ports)) {
            return false;
        }
        JsonNode port = JsonMapper.builder().build().readTree(ports.toFile()).path("health");
        HttpRequest health =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port.asInt() + "/health/ready"))
                        .build();
        return http.send(health, BodyHandlers.discarding()).statusCode() == 200;
    }

    /** From the launcher's start until it said to be ready. */
    double secondsToReady() {
        return secondsToReady;
    }

    /** What that took of the processor, which a crowded machine changes less. */
    double cpuSecondsToReady() {
        return cpuSecondsToReady;
    }

    /** Of its JVM: the launcher becomes it. */
    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    String log() throws IOException {
        return Files.readString(data.resolve("agent.log"));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 60, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
