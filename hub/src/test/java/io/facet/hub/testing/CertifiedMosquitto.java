package io.facet.hub.testing;

import io.facet.config.Secret;
import io.facet.hub.testing.Mosquitto.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Mosquitto as an operator sets it up for boxes that join by certificate: with {@code
 * provisioning/mosquitto/mosquitto-certificates.conf} and the dynamic security plugin.
 */
public final class CertifiedMosquitto implements AutoCloseable {
    private static final Secret HUB_PASSWORD = new Secret("the hub's own password");
    private static final String STATE = "dynamic-security.json";

    private final Path folder;
    private final int forCertificates = Ports.free();
    private final URI forHub = URI.create("tcp://127.0.0.1:" + Ports.free());
    private final MosquittoProcess process;

    /** Not yet started: the hub has its certificate first. */
    public CertifiedMosquitto(Path folder) {
        this.folder = folder;
        this.process = new MosquittoProcess(folder, forHub, HUB_PASSWORD);
    }

    /** Whether Mosquitto is here with the plugin at Debian's place for this machine. */
    public static boolean isInstalled() {
        return Mosquitto.isInstalled()
                && MosquittoProcess.program("mosquitto_ctrl").isPresent()
                && Files.exists(Path.of("/usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so"));
    }

    public URI forHub() {
        return forHub;
    }

    public URI forCertificates() {
        return URI.create("ssl://localhost:" + forCertificates);
    }

    public Secret hubPassword() {
        return HUB_PASSWORD;
    }

    /** As docs/operations.md says, with the certificate of a hub's data folder. */
    public void start(Path hub) {
        MosquittoProcess.configure("mosquitto-certificates.conf", folder, forHub.getPort());
        try {
            Path conf = folder.resolve("mosquitto.conf");
            Files.writeString(
                    conf,
                    Files.readString(conf).replace("listener 8883", "listener " + forCertificates));
            Path certificates = Files.createDirectories(folder.resolve("certs"));
            for (String file : new String[] {"authority.crt", "hub.crt", "hub.key"}) {
                Files.copy(hub.resolve(file), certificates.resolve(file));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        MosquittoProcess.run(
                "mosquitto_ctrl",
                "dynsec",
                "init",
                folder.resolve("data").resolve(STATE).toString(),
                TestBroker.HUB,
                HUB_PASSWORD.reveal());
        process.start();
    }

    /** As it was before it was closed. */
    public void startAgain() {
        process.start();
    }

    @Override
    public void close() {
        process.close();
    }
}
