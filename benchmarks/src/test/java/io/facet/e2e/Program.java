package io.facet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.cli.client.HubClient;
import io.facet.config.Places;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A verb of the launcher as a process; its output goes to a file in the data folder. */
public final class Program implements AutoCloseable {
    private final Process process;

    private Program(Process process) {
        this.process = process;
    }

    public static Path home() {
        return Places.find(System.getenv(), Path.of("")).home();
    }

    static Program start(Path log, String... arguments) throws IOException {
        return start(log, Map.of(), arguments);
    }

    static Program start(Path log, Map<String, String> environment, String... arguments)
            throws IOException {
        return start(List.of(), log, environment, arguments);
    }

    /** The same by way of a command that becomes the launcher. */
    public static Program start(
            List<String> by, Path log, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(by);
        command.add(home().resolve("facet").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("FACET_BUILT", "yes");
        builder.environment().putAll(environment);
        return new Program(
                builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start());
    }

    /** How a verb ended, and what it said on both streams. */
    record Result(int status, String said) {
        /** The JSON object that is the last line. */
        JsonNode json() throws IOException {
            return JsonMapper.builder().build().readTree(said.strip().lines().toList().getLast());
        }
    }

    /** Runs a verb that ends by itself. */
    static Result run(Path log, String... arguments) throws Exception {
        Files.deleteIfExists(log);
        try (Program program = start(log, arguments)) {
            return new Result(program.status(), Files.readString(log));
        }
    }

    /** The hub whose data folder this is, once it has said where it listens. */
    static HubClient client(Path data) throws IOException {
        return new HubClient(address(data), key(data));
    }

    static URI address(Path data) throws IOException {
        return URI.create("http://127.0.0.1:" + port(data, "http"));
    }

    /** A port of the hub whose data folder this is. */
    public static int port(Path data, String name) throws IOException {
        return JsonMapper.builder()
                .build()
                .readTree(data.resolve("ports.json").toFile())
                .path(name)
                .asInt();
    }

    public static String key(Path data) throws IOException {
        return Files.readString(data.resolve("admin-key")).strip();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** {@code kill -9}; the launcher has become the JVM, so this is the JVM. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    long number() {
        return process.pid();
    }

    /** The status of a program that ends by itself. */
    int status() throws InterruptedException {
        return process.waitFor();
    }

    /** SIGTERM, and whether it ended in time. */
    public boolean stop() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 60, TimeUnit.SECONDS).join();
        return !process.isAlive();
    }

    @Override
    public void close() {
        if (!stop()) {
            kill();
        }
    }
}
