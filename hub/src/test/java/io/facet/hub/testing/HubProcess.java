package io.facet.hub.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@link HubMain} as a process on a data folder; its log is {@code hub.log} in it. */
public final class HubProcess implements AutoCloseable {
    private final Process process;
    private final Path data;

    private HubProcess(Process process, Path data) {
        this.process = process;
        this.data = data;
    }

    /** Starts one and waits until it serves; {@code options} are its JVM's. */
    public static HubProcess start(Path data, String... options) throws IOException {
        Files.createDirectories(data);
        // A killed hub leaves it behind.
        Files.deleteIfExists(data.resolve("ports.json"));
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of(options));
        command.addAll(
                List.of(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HubMain.class.getName(),
                        data.toString()));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(data).toFile()))
                        .start();
        HubProcess hub = new HubProcess(process, data);
        try {
            Awaitility.await("the hub serves; see its log " + log(data))
                    .atMost(Duration.ofMinutes(3))
                    .failFast(() -> !process.isAlive())
                    .until(() -> Files.exists(data.resolve("ports.json")));
            return hub;
        } catch (RuntimeException failure) {
            System.err.println(Files.readString(log(data)));
            hub.close();
            throw failure;
        }
    }

    private static Path log(Path data) {
        return data.resolve("hub.log");
    }

    public String log() throws IOException {
        return Files.readString(log(data));
    }

    public int port() throws IOException {
        return ports().path("http").asInt();
    }

    public URI mqtt() throws IOException {
        return URI.create("tcp://127.0.0.1:" + ports().path("mqtt").asInt());
    }

    public String adminKey() throws IOException {
        return Files.readString(data.resolve("admin-key")).strip();
    }

    private JsonNode ports() throws IOException {
        return JsonMapper.builder().build().readTree(data.resolve("ports.json").toFile());
    }

    /** {@code kill -9}. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM; it stops everything it started. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 60, TimeUnit.SECONDS).join();
        kill();
    }
}
