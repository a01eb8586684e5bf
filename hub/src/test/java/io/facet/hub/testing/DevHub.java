package io.facet.hub.testing;

import io.facet.config.FacetConfig;
import io.facet.hub.Hub;
import io.facet.hub.WebFront;
import io.facet.hub.services.HubServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** A whole hub with free ports and fake eyes. */
public final class DevHub implements AutoCloseable {
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

    public static DevHub in(Path data, WebFront web, FacetConfig config) {
        return in(data, web, config, InstantSource.system());
    }

    public static DevHub in(Path data, WebFront web, FacetConfig config, InstantSource clock) {
        shareProgramsWith(data);
        return new DevHub(
                Hub.start(
                        new Hub.Settings(
                                config,
                                data,
                                new FakeVision(),
                                web,
                                Optional.of(0),
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
                c.limits(),
                c.alerts(),
                c.webhooks(),
                c.email(),
                c.retention());
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

    @Override
    public void close() {
        hub.close();
    }
}
