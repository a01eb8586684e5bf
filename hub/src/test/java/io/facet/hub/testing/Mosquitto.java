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
import java.time.Duration;
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
    private final MosquittoProcess process;

    private Mosquitto(Path folder, int port) {
        this.folder = folder;
        this.url = URI.create("tcp://127.0.0.1:" + port);
        this.process = new MosquittoProcess(folder, url, HUB_PASSWORD);
        MosquittoProcess.configure("mosquitto.conf", folder, port);
    }

    /** Whether the Debian package {@code mosquitto}, or its like, is here. */
    public static boolean isInstalled() {
        return MosquittoProcess.program("mosquitto").isPresent()
                && MosquittoProcess.program("mosquitto_passwd").isPresent();
    }

    /** Starts one with its files in a folder. */
    public static Mosquitto in(Path folder) {
        Mosquitto broker = new Mosquitto(folder, Ports.free());
        try {
            Files.copy(PROVISIONING.resolve("facet.acl"), folder.resolve("facet.acl"));
            Files.createFile(folder.resolve("facet.passwd"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        broker.password(HUB, HUB_PASSWORD.reveal());
        broker.process.start();
        return broker;
    }

    @Override
    public URI url() {
        return url;
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
