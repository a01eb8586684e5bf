package io.facet.proof;

import io.facet.cli.client.HubClient;
import io.facet.edge.uplink.CrashChild;
import io.facet.hub.testing.HubProcess;
import io.facet.hub.testing.Mosquitto;
import io.facet.hub.testing.TestCertificate;
import io.facet.model.AgentId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A hub process and its broker, which die. One thread's, but for {@link #broker}. */
abstract class HubSide implements AutoCloseable {
    final Path data;
    private final List<String> options;
    private volatile HubProcess hub;

    private HubSide(Path data, List<String> options) throws IOException {
        this.data = data;
        this.options = List.copyOf(options);
        this.hub = start();
    }

    private HubProcess start() throws IOException {
        return HubProcess.start(data, options.toArray(String[]::new));
    }

    HubProcess hub() {
        return hub;
    }

    void crashHub() throws IOException {
        hub.kill();
        hub = start();
    }

    /** Registers the box; its key. */
    String admit() throws IOException {
        return new HubClient(URI.create("http://127.0.0.1:" + hub.port()), hub.adminKey())
                .post("/api/v1/devices", Map.of("agent_id", CrashChild.AGENT))
                .orThrow()
                .path("device_key")
                .asText();
    }

    /** Where the broker is just now. */
    abstract URI broker() throws IOException;

    /** Kills the broker without warning and starts it again. */
    abstract void crashBroker() throws IOException;

    /** What the broker shows and both sides believe; empty without TLS. */
    abstract Optional<SSLContext> tls();

    /** Options of a JVM that is to reach the broker. */
    List<String> trusting() {
        return options;
    }

    @Override
    public void close() {
        hub.close();
    }

    /** With the broker that the hub embeds, which dies with it. */
    static final class Embedded extends HubSide {
        Embedded(Path data) throws IOException {
            super(data, List.of());
        }

        @Override
        URI broker() throws IOException {
            return hub().mqtt();
        }

        @Override
        void crashBroker() throws IOException {
            crashHub();
        }

        @Override
        Optional<SSLContext> tls() {
            return Optional.empty();
        }
    }

    /** With Mosquitto as shipped, over TLS. */
    static final class WithMosquitto extends HubSide {
        private final Mosquitto mosquitto;
        private final SSLContext tls;

        private WithMosquitto(Path data, Mosquitto mosquitto, TestCertificate certificate)
                throws Exception {
            super(data, certificate.believed());
            this.mosquitto = mosquitto;
            this.tls = certificate.context();
        }

        static WithMosquitto start(Path folder) throws Exception {
            Path files = Files.createDirectories(folder.resolve("mosquitto"));
            TestCertificate certificate = TestCertificate.make(files, "broker", "EC");
            Mosquitto mosquitto = Mosquitto.in(files, certificate);
            try {
                Path data = Files.createDirectories(folder.resolve("hub"));
                Files.writeString(
                        data.resolve("config.json"),
                        "{\"mqtt\": {\"url\": \"%s\", \"user\": \"%s\", \"password\": \"%s\"}}"
                                .formatted(
                                        mosquitto.url(),
                                        Mosquitto.HUB,
                                        mosquitto.hubPassword().reveal()));
                return new WithMosquitto(data, mosquitto, certificate);
            } catch (Exception failure) {
                mosquitto.close();
                throw failure;
            }
        }

        @Override
        String admit() throws IOException {
            String key = super.admit();
            mosquitto.admit(new AgentId(CrashChild.AGENT), key);
            return key;
        }

        @Override
        URI broker() {
            return mosquitto.url();
        }

        @Override
        void crashBroker() {
            mosquitto.crash();
        }

        @Override
        Optional<SSLContext> tls() {
            return Optional.of(tls);
        }

        @Override
        public void close() {
            try {
                super.close();
            } finally {
                mosquitto.close();
            }
        }
    }
}
