package io.facet.edge;

import io.facet.config.FacetConfig;
import io.facet.edge.camera.CameraFleet;
import io.facet.edge.camera.FaceMatcher;
import io.facet.edge.enrolment.DeviceIdentity;
import io.facet.edge.enrolment.FirstContact;
import io.facet.edge.gallery.BootTime;
import io.facet.edge.outbox.EventSink;
import io.facet.lifecycle.Lifecycle;
import io.facet.model.AgentId;
import io.facet.vision.pipeline.PackVision;
import io.facet.vision.pipeline.Vision;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One edge box: its parts, wired. Thread-safe. */
public final class EdgeAgent implements AutoCloseable {
    private final Lifecycle parts;
    private final AgentId agent;
    private final int healthPort;
    private final Optional<String> flaw;

    /**
     * What to run.
     *
     * @param data the data folder
     * @param hub the hub's web address, of a box that did not join by certificate
     * @param healthPort port of {@code /health}; 0 picks a free one
     * @param version of Facet
     * @param join with what to join first
     */
    public record Settings(
            FacetConfig config,
            Path data,
            URI hub,
            int healthPort,
            String version,
            Optional<FirstContact.Wish> join) {
        /** For a box that has joined, or has a device key. */
        public Settings(FacetConfig config, Path data, URI hub, int healthPort, String version) {
            this(config, data, hub, healthPort, version, Optional.empty());
        }
    }

    /** What the agent takes from outside, so that tests may give it something else. */
    public interface Outside {
        /** The wall clock. */
        InstantSource clock();

        /** The monotonic clock. */
        LongSupplier nanos();

        /** The clock that nobody sets. */
        BootTime bootTime();

        SecureRandom random();

        /** Loads the models; may take minutes the first time. */
        PackVision vision();

        /** Why these models must not be used; empty when they passed their check. */
        Optional<String> flaw(PackVision vision);

        /** A fleet without cameras. */
        CameraFleet fleet(Vision vision, FaceMatcher matcher, EventSink sink);
    }

    EdgeAgent(Lifecycle parts, AgentId agent, int healthPort, Optional<String> flaw) {
        this.parts = parts;
        this.agent = agent;
        this.healthPort = healthPort;
        this.flaw = flaw;
    }

    /**
     * Starts an agent.
     *
     * @throws io.facet.error.FacetException with what to do when it cannot start
     */
    public static EdgeAgent start(Settings settings, Outside outside) {
        Lifecycle parts = new Lifecycle();
        try {
            return new Wiring(settings, outside, parts).wire();
        } catch (InterruptedException stopped) {
            parts.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while starting", stopped);
        } catch (RuntimeException failure) {
            parts.close();
            throw failure;
        }
    }

    /**
     * Joins a hub and runs nothing; the agent is started on the same folder afterwards.
     *
     * @throws io.facet.error.FacetException as {@link FirstContact#join}, and {@code CONFLICT}
     *     while an agent runs on the folder
     */
    static void join(Path data, FirstContact.Wish wish, SecureRandom random)
            throws InterruptedException {
        try (Lifecycle parts = new Lifecycle()) {
            AgentFolder folder = parts.start("data folder", () -> AgentFolder.open(data, random));
            FirstContact.join(
                    wish, DeviceIdentity.read(folder.path(), List.of()), folder.path(), random);
        }
    }

    /** Its name at the hub. */
    public AgentId agent() {
        return agent;
    }

    /** The port of {@code /health}. */
    public int healthPort() {
        return healthPort;
    }

    /** Why it reads no camera; empty when its models passed their check. */
    public Optional<String> flaw() {
        return flaw;
    }

    /** Stops the cameras, sends what the hub still takes, says good-bye. */
    @Override
    public void close() {
        parts.close();
    }
}
