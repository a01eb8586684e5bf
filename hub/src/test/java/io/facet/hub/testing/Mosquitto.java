package io.facet.hub.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.facet.config.Secret;
import io.facet.model.AgentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

/**
 * Mosquitto as an operator sets it up: with the files of {@code provisioning/mosquitto}, only its
 * folders and port are the test's.
 */
public final class Mosquitto implements TestBroker {
    private static final Path PROVISIONING = Path.of("..", "provisioning", "mosquitto");
    private static final Secret HUB_PASSWORD = new Secret("the hub's own password");

    private final Path folder;
    private final int port;
    private @Nullable Process process;

    private Mosquitto(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Whether the Debian package {@code mosquitto}, or its like, is here. */
    public static boolean isInstalled() {
        return program("mosquitto").isPresent() && program("mosquitto_passwd").isPresent();
    }

    /** Starts one with its files in a folder. */
    public static Mosquitto in(Path folder) {
        Mosquitto broker = new Mosquitto(folder, Ports.free());
        try {
            Files.createDirectories(folder.resolve("data"));
            Files.copy(PROVISIONING.resolve("facet.acl"), folder.resolve("facet.acl"));
            Files.writeString(folder.resolve("mosquitto.conf"), broker.configuration());
            Files.createFile(folder.resolve("facet.passwd"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        broker.password(HUB, HUB_PASSWORD.reveal());
        broker.start();
        return broker;
    }

    private String configuration() throws IOException {
        String shipped = Files.readString(PROVISIONING.resolve("mosquitto.conf"));
        return shipped.replace("listener 1883 127.0.0.1", "listener " + port + " 127.0.0.1")
                        .replace("/etc/mosquitto/", folder.toAbsolutePath() + "/")
                        .replace("/var/lib/mosquitto/", folder.resolve("data") + "/")
                // Started by root it would become a user who may not read the test's folder.
                + (isRoot() ? "\nuser root\n" : "");
    }

    @Override
    public URI url() {
        return URI.create("tcp://127.0.0.1:" + port);
    }

    @Override
    public Secret hubPassword() {
        return HUB_PASSWORD;
    }

    @Override
    public void admit(AgentId agent, String key) {
        password(agent.value(), key);
        run("kill", "-HUP", Long.toString(running().pid()));
        Awaitility.await("Mosquitto reads its passwords again")
                .atMost(Duration.ofSeconds(30))
                .until(() -> answers(agent.value(), key));
    }

    @Override
    public void restart() {
        close();
        start();
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

    private void start() {
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
                .until(() -> answers(HUB, HUB_PASSWORD.reveal()));
    }

    private Process running() {
        Process present = process;
        if (present == null || !present.isAlive()) {
            throw new IllegalStateException("Mosquitto is not running; see " + folder);
        }
        return present;
    }

    private boolean answers(String user, String key) {
        running();
        try (MqttPeer probe = MqttPeer.as("probe", user, key).connect(url())) {
            return probe.isConnected();
        } catch (MqttException notYet) {
            return false;
        }
    }

    private void password(String user, String key) {
        run("mosquitto_passwd", "-b", folder.resolve("facet.passwd").toString(), user, key);
    }

    private static void run(String program, String... arguments) {
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

    private static Optional<Path> program(String name) {
        return Stream.of("/usr/sbin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/local/bin")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Ports nobody uses just now. */
    static final class Ports {
        private Ports() {}

        static int free() {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
