package io.facet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.cli.client.HubClient;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * {@code ./facet hub} as an operator starts it, in a process of its own with its embedded database
 * and broker; whatever the environment says of others is left out. Its log is {@code hub.log}.
 */
final class HubProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(5);
    private static final long POLL_MS = 100;
    private static final long STOP_SECONDS = 90;

    private final Process process;
    private final Path data;

    private HubProcess(Process process, Path data) {
        this.process = process;
        this.data = data;
    }

    /**
     * Starts one and waits until it serves.
     *
     * @param home of the installation, with the launcher
     * @param data the data folder, which may hold what an earlier hub left
     * @param variables of the environment, beside this process's own
     */
    static HubProcess start(Path home, Path data, String pack, Map<String, String> variables)
            throws IOException, InterruptedException {
        Path config = Files.writeString(data.resolve("bench.json"), "{}");
        ProcessBuilder builder =
                new ProcessBuilder(
                        home.resolve("facet").toString(),
                        "hub",
                        "--port",
                        "0",
                        "--pack",
                        pack,
                        "--data",
                        data.toString(),
                        "--config",
                        config.toString());
        builder.environment().remove("FACET_DATABASE_URL");
        builder.environment().remove("FACET_MQTT_URL");
        builder.environment().put("FACET_BUILT", "yes");
        builder.environment().putAll(variables);
        Path log = data.resolve("hub.log");
        HubProcess hub =
                new HubProcess(
                        builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(),
                        data);
        try {
            hub.await(log);
            return hub;
        } catch (FacetException | IOException | InterruptedException failure) {
            hub.close();
            throw failure;
        }
    }

    private void await(Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (!Files.exists(data.resolve("ports.json"))) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new FacetException(
                        ErrorCode.UNAVAILABLE, "the hub did not start: " + Files.readString(log));
            }
            Thread.sleep(POLL_MS);
        }
    }

    private JsonNode ports() throws IOException {
        return JsonMapper.builder().build().readTree(data.resolve("ports.json").toFile());
    }

    /** The administrator of its first start. */
    String adminKey() throws IOException {
        return Files.readString(data.resolve("admin-key")).strip();
    }

    /** Of its JVM: the launcher becomes it. */
    long pid() {
        return process.pid();
    }

    /** Of the page and REST. */
    URI base() throws IOException {
        return URI.create("http://127.0.0.1:" + ports().path("http").asInt() + "/");
    }

    HubClient client() throws IOException {
        return new HubClient(base(), adminKey());
    }

    int grpcPort() throws IOException {
        return ports().path("grpc").asInt();
    }

    URI mqtt() throws IOException {
        return URI.create("tcp://127.0.0.1:" + ports().path("mqtt").asInt());
    }

    /** Where its database is. */
    Path database() {
        return data.resolve("postgres");
    }

    /** What it holds in memory just now. */
    HubMemory memory() throws IOException {
        long[] database = withChildren(postmaster()).toArray();
        long jvm =
                withChildren(process.toHandle())
                        .filter(pid -> LongStream.of(database).noneMatch(other -> other == pid))
                        .map(ProcessMemory::proportionalBytes)
                        .sum();
        long postgres = LongStream.of(database).map(ProcessMemory::proportionalBytes).sum();
        return HubMemory.of(jvm, postgres, database.length);
    }

    /** Megabytes of PostgreSQL's own, without its shared buffers, which fill up to their size. */
    double databaseOwnMb() throws IOException {
        return withChildren(postmaster()).map(ProcessMemory::ownBytes).sum() / 1e6;
    }

    /** CPU time of all its processes so far; of those that ended meanwhile none. */
    Duration cpu() throws IOException {
        return LongStream.concat(withChildren(postmaster()), withChildren(process.toHandle()))
                .distinct()
                .mapToObj(ProcessHandle::of)
                .flatMap(Optional::stream)
                .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private ProcessHandle postmaster() throws IOException {
        long pid =
                Long.parseLong(
                        Files.readAllLines(database().resolve("data/postmaster.pid"))
                                .getFirst()
                                .strip());
        Optional<ProcessHandle> handle = ProcessHandle.of(pid);
        return handle.orElseThrow(
                () -> new FacetException(ErrorCode.UNAVAILABLE, "the hub's PostgreSQL is gone"));
    }

    private static LongStream withChildren(ProcessHandle parent) {
        return Stream.concat(Stream.of(parent), parent.descendants())
                .mapToLong(ProcessHandle::pid)
                .distinct();
    }

    /** SIGTERM; it stops everything it started. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, STOP_SECONDS, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
