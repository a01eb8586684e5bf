package io.facet.hub;

import io.facet.config.ConfigLayers;
import io.facet.config.FacetConfig;
import io.facet.hub.models.PackSource;
import io.facet.hub.services.HubServices;
import io.facet.lifecycle.Lifecycle;
import io.facet.vision.pipeline.Vision;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** The hub: its parts, started in the order of {@link Wiring} and closed in reverse. */
public final class Hub implements AutoCloseable {
    private final Lifecycle parts;
    private final HubServices services;
    private final int port;
    private final int grpcPort;

    Hub(Lifecycle parts, HubServices services, int port, int grpcPort) {
        this.parts = parts;
        this.services = services;
        this.port = port;
        this.grpcPort = grpcPort;
    }

    /**
     * What a hub is started with.
     *
     * @param layers the configuration by origin; the hub lays its own settings over it
     * @param vision owned by the hub from now on
     * @param packs other models than that
     * @param port of the page and REST; empty takes the configured one
     */
    public record Settings(
            ConfigLayers layers,
            Path data,
            Vision vision,
            PackSource packs,
            WebFront web,
            Optional<Integer> port,
            String version,
            InstantSource clock) {
        /** With a configuration made in code, and no other models. */
        public Settings(
                FacetConfig config,
                Path data,
                Vision vision,
                WebFront web,
                Optional<Integer> port,
                String version,
                InstantSource clock) {
            this(
                    ConfigLayers.of(config),
                    data,
                    vision,
                    PackSource.only("present"),
                    web,
                    port,
                    version,
                    clock);
        }

        /** What is read at the start. */
        public FacetConfig config() {
            return layers.config();
        }
    }

    /**
     * Starts everything; what was started is closed again when one part fails.
     *
     * @throws io.facet.error.FacetException with what to do
     */
    public static Hub start(Settings settings) {
        Lifecycle parts = new Lifecycle();
        try {
            return new Wiring(settings, parts).wire();
        } catch (RuntimeException | Error failure) {
            try {
                parts.close();
            } catch (RuntimeException closing) {
                failure.addSuppressed(closing);
            }
            throw failure;
        }
    }

    /** What the hub can do, for whoever is in its process. */
    public HubServices services() {
        return services;
    }

    /** Of the page and REST. */
    public int port() {
        return port;
    }

    /** Of gRPC. */
    public int grpcPort() {
        return grpcPort;
    }

    @Override
    public void close() {
        parts.close();
    }
}
