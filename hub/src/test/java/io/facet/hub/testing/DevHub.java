package io.facet.hub.testing;

import io.facet.config.ConfigLayers;
import io.facet.config.ConfigLoader;
import io.facet.config.FacetConfig;
import io.facet.hub.Hub;
import io.facet.hub.WebFront;
import io.facet.hub.services.HubServices;
import io.facet.vision.pipeline.Vision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** A whole hub with free ports and fake eyes. */
public final class DevHub implements AutoCloseable {
    static {
        // Paho's threads may fall over their own closing; that is nothing a wait should fail for.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    private static final Path PROGRAMS = Path.of("target", "postgres").toAbsolutePath();

    private final Hub hub;

    private DevHub(Hub hub) {
        this.hub = hub;
    }

    /** Starts one in a folder, which may hold the data of an earlier one. */
    public static DevHub in(Path data) {
        return in(data, new NoWebFront());
    }

    public static DevHub in(Path data, WebFront web) {
        return in(data, web, FacetConfig.DEFAULT);
    }

    /** Starts one with a configuration as config.json has it. */
    public static DevHub in(Path data, WebFront web, String json) {
        try {
            Path file = Files.writeString(data.resolve("config.json"), json);
            return in(data, web, ConfigLoader.load(Optional.of(file), Map.of()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static DevHub in(Path data, WebFront web, FacetConfig config) {
        return in(data, web, config, InstantSource.system());
    }

    public static DevHub in(Path data, WebFront web, FacetConfig config, InstantSource clock) {
        return in(data, web, config, clock, new FakeVision(), 0);
    }

    /** At a port of the web, for one that is started again where it was. */
    public static DevHub in(Path data, WebFront web, int port) {
        return in(data, web, FacetConfig.DEFAULT, InstantSource.system(), new FakeVision(), port);
    }

    /** With eyes of one's own. */
    public static DevHub in(Path data, WebFront web, Vision vision) {
        return in(data, web, FacetConfig.DEFAULT, InstantSource.system(), vision, 0);
    }

    private static DevHub in(
            Path data,
            WebFront web,
            FacetConfig config,
            InstantSource clock,
            Vision vision,
            int port) {
        shareProgramsWith(data);
        return new DevHub(
                Hub.start(
                        new Hub.Settings(
                                ConfigLayers.of(config),
                                data,
                                vision,
                                new FakePacks(),
                                web,
                                Optional.of(port),
                                "test",
                                clock)));
    }

    /** The default configuration with a database and a broker of somebody else's. */
    public static FacetConfig with(FacetConfig.Database database, FacetConfig.Mqtt mqtt) {
        FacetConfig c = FacetConfig.DEFAULT;
        return new FacetConfig(
                c.recognition(),
                database,
                c.cameras(),
                c.models(),
                c.detection(),
                c.quality(),
                c.tracking(),
                c.hub(),
                mqtt,
                c.agent(),
                c.clips(),
                c.limits(),
                c.alerts(),
                c.webhooks(),
                c.email(),
                c.retention(),
                c.oidc());
    }

    /** PostgreSQL is unpacked once for all tests, not once a folder. */
    public static void shareProgramsWith(Path data) {
        try {
            Files.createDirectories(PROGRAMS);
            Path link = data.resolve("postgres/programs");
            if (!Files.exists(link)) {
                Files.createDirectories(data.resolve("postgres"));
                Files.createSymbolicLink(link, PROGRAMS);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public HubServices services() {
        return hub.services();
    }

    public int port() {
        return hub.port();
    }

    public int grpcPort() {
        return hub.grpcPort();
    }

    @Override
    public void close() {
        hub.close();
    }
}
