package io.facet.hub.testing;

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
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;

/**
 * Mosquitto as an operator sets it up: with the files of {@code provisioning/mosquitto}, only its
 * folders and port are the test's.
 */
public final class Mosquitto implements TestBroker {
    static final Path PROVISIONING = Path.of("..", "provisioning", "mosquitto");
    private static final Secret HUB_PASSWORD = new Secret("the hub's own password");

    private final Path folder;
    private final URI url;
    private final Optional<SSLContext> trust;
    private final MosquittoProcess process;

    private Mosquitto(Path folder, int port, Optional<SSLContext> trust) {
        this.folder = folder;
        this.url = URI.create((trust.isPresent() ? "ssl" : "tcp") + "://127.0.0.1:" + port);
        this.trust = trust;
        this.process = new MosquittoProcess(folder, url, HUB_PASSWORD, trust);
        MosquittoProcess.configure("mosquitto.conf", folder, port);
    }

    /** Whether the Debian package {@code mosquitto}, or its like, is here. */
    public static boolean isInstalled() {
        return MosquittoProcess.program("mosquitto").isPresent()
                && MosquittoProcess.program("mosquitto_passwd").isPresent();
    }

    /** Starts one with its files in a folder. */
    public static Mosquitto in(Path folder) {
        return new Mosquitto(folder, Ports.free(), Optional.empty()).begin();
    }

    /** The same with the listener for boxes elsewhere, over TLS. */
    public static Mosquitto in(Path folder, TestCertificate certificate) {
        try {
            int port = Ports.free();
            Mosquitto broker = new Mosquitto(folder, port, Optional.of(certificate.context()));
            Path conf = folder.resolve("mosquitto.conf");
            Files.writeString(conf, encrypted(Files.readString(conf), port, folder, certificate));
            return broker.begin();
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /**
     * With the lines that the shipped file has as a comment, in the place of the first listener.
     */
    private static String encrypted(
            String shipped, int port, Path folder, TestCertificate certificate) {
        String here = "listener " + port + " 127.0.0.1";
        String certificates = folder.toAbsolutePath() + "/certs/server.";
        return shipped.replace(here, "")
                .replace("# listener 8883", here)
                .replace(
                        "# certfile " + certificates + "crt",
                        "certfile " + certificate.certificate())
                .replace("# keyfile " + certificates + "key", "keyfile " + certificate.key())
                .replace("# tls_version", "tls_version");
    }

    private Mosquitto begin() {
        try {
            Files.copy(PROVISIONING.resolve("facet.acl"), folder.resolve("facet.acl"));
            Files.createFile(folder.resolve("facet.passwd"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        password(HUB, HUB_PASSWORD.reveal());
        process.start();
        return this;
    }

    @Override
    public URI url() {
        return url;
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
        process.reload();
        Awaitility.await("Mosquitto reads its passwords again")
                .atMost(Duration.ofSeconds(30))
                .until(() -> process.answers(agent.value(), key));
    }

    @Override
    public void restart() {
        close();
        process.start();
    }

    /** {@code kill -9}, and started again. */
    public void crash() {
        process.kill();
        process.start();
    }

    @Override
    public void close() {
        process.close();
    }

    private void password(String user, String key) {
        MosquittoProcess.run(
                "mosquitto_passwd", "-b", folder.resolve("facet.passwd").toString(), user, key);
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
