package io.facet.hub.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.facet.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/** A Mosquitto with its configuration in a folder, and Mosquitto's other programs. */
final class MosquittoProcess implements AutoCloseable {
    private final Path folder;
    private final URI forHub;
    private final Secret hubPassword;
    private @Nullable Process process;

    /**
     * Not yet started.
     *
     * @param folder with {@code mosquitto.conf}
     */
    MosquittoProcess(Path folder, URI forHub, Secret hubPassword) {
        this.folder = folder;
        this.forHub = forHub;
        this.hubPassword = hubPassword;
    }

    /** Starts it and waits until it lets the hub in. */
    void start() {
        try {
            process =
                    new ProcessBuilder(
                                    program("mosquitto").orElseThrow().toString(),
                                    "-c",
                                    folder.resolve("mosquitto.conf").toString())
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(
                                            folder.resolve("mosquitto.log").toFile()))
                            .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Awaitility.await("Mosquitto answers")
                .atMost(Duration.ofSeconds(30))
                .until(() -> answers(TestBroker.HUB, hubPassword.reveal()));
    }

    /** Makes it read its passwords again. */
    void reload() {
        run("kill", "-HUP", Long.toString(running().pid()));
    }

    boolean answers(String user, String key) {
        running();
        try (MqttPeer probe = MqttPeer.as("probe", user, key).connect(forHub)) {
            return probe.isConnected();
        } catch (MqttException notYet) {
            return false;
        }
    }

    private Process running() {
        Process present = process;
        if (present == null || !present.isAlive()) {
            throw new IllegalStateException("Mosquitto is not running; see " + folder);
        }
        return present;
    }

    @Override
    public void close() {
        Process present = process;
        if (present != null) {
            present.destroy();
            present.onExit().completeOnTimeout(present, 30, TimeUnit.SECONDS).join();
            present.destroyForcibly().onExit().join();
            process = null;
        }
    }

    /** A shipped file with its folders and first listener those of a test. */
    static void configure(String shipped, Path folder, int port) {
        try {
            Files.createDirectories(folder.resolve("data"));
            Files.writeString(
                    folder.resolve("mosquitto.conf"),
                    Files.readString(Mosquitto.PROVISIONING.resolve(shipped))
                                    .replace(
                                            "listener 1883 127.0.0.1",
                                            "listener " + port + " 127.0.0.1")
                                    .replace("/etc/mosquitto/", folder.toAbsolutePath() + "/")
                                    .replace("/var/lib/mosquitto/", folder.resolve("data") + "/")
                            // Started by root it would become a user who may not read the test's
                            // folder.
                            + (isRoot() ? "\nuser root\n" : ""));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static void run(String program, String... arguments) {
        List<String> command =
                Stream.concat(
                                Stream.of(program(program).orElseThrow().toString()),
                                Stream.of(arguments))
                        .toList();
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(program + ": " + said);
            }
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(program, failure);
        }
    }

    static Optional<Path> program(String name) {
        return Stream.of("/usr/sbin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/local/bin")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
