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
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/**
 * Mosquitto as an operator sets it up: with the files of {@code provisioning/mosquitto}, only its
 * folders and port are the test's.
 */
public final class Mosquitto implements TestBroker {
    private static final Path PROVISIONING = Path.of("..", "provisioning", "mosquitto");
    private static final String LOOPBACK = "listener 1883 127.0.0.1";
    private static final Secret HUB_PASSWORD = new Secret("the hub's own password");

    private final Path folder;
    private final int port;
    private final Optional<TestCertificate> certificate;
    private final Optional<SSLContext> trust;
    private @Nullable Process process;

    private Mosquitto(Path folder, Optional<TestCertificate> certificate) {
        this.folder = folder;
        this.port = Ports.free();
        this.certificate = certificate;
        this.trust = certificate.map(Mosquitto::context);
    }

    private static SSLContext context(TestCertificate certificate) {
        try {
            return certificate.context();
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Whether the Debian package {@code mosquitto}, or its like, is here. */
    public static boolean isInstalled() {
        return program("mosquitto").isPresent() && program("mosquitto_passwd").isPresent();
    }

    /** Starts one with its files in a folder. */
    public static Mosquitto in(Path folder) {
        return in(folder, Optional.empty());
    }

    /** The same with the listener for boxes elsewhere, over TLS. */
    public static Mosquitto in(Path folder, TestCertificate certificate) {
        return in(folder, Optional.of(certificate));
    }

    private static Mosquitto in(Path folder, Optional<TestCertificate> certificate) {
        Mosquitto broker = new Mosquitto(folder, certificate);
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
        return certificate
                        .map(c -> encrypted(shipped, c))
                        .orElseGet(() -> shipped.replace(LOOPBACK, here()))
                        .replace("/etc/mosquitto/", folder.toAbsolutePath() + "/")
                        .replace("/var/lib/mosquitto/", folder.resolve("data") + "/")
                // Started by root it would become a user who may not read the test's folder.
                + (isRoot() ? "\nuser root\n" : "");
    }

    /** With the lines that the shipped file has as a comment. */
    private String encrypted(String shipped, TestCertificate shown) {
        return shipped.replace(LOOPBACK, "")
                .replace("# listener 8883", here())
                .replace(
                        "# certfile /etc/mosquitto/certs/server.crt",
                        "certfile " + shown.certificate())
                .replace("# keyfile /etc/mosquitto/certs/server.key", "keyfile " + shown.key())
                .replace("# tls_version", "tls_version");
    }

    private String here() {
        return "listener " + port + " 127.0.0.1";
    }

    @Override
    public URI url() {
        return URI.create((trust.isPresent() ? "ssl" : "tcp") + "://127.0.0.1:" + port);
    }

    @Override
    public Optional<SSLContext> trust() {
        return trust;
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

    /** {@code kill -9}, and started again. */
    public void crash() {
        running().destroyForcibly().onExit().join();
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
        try (MqttPeer probe = probe(user, key).connect(url())) {
            return probe.isConnected();
        } catch (MqttException notYet) {
            return false;
        }
    }

    private MqttPeer.Wish probe(String user, String key) {
        return MqttPeer.as("probe", user, key).trusting(trust);
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
