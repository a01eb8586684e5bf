package io.facet.edge;

import io.facet.config.FacetConfig;
import io.facet.config.Secret;
import io.facet.edge.camera.CameraFleet;
import io.facet.edge.camera.FaceMatcher;
import io.facet.edge.enrolment.DeviceKeyFile;
import io.facet.edge.enrolment.Enrolment;
import io.facet.edge.enrolment.Membership;
import io.facet.edge.gallery.GalleryMemory;
import io.facet.edge.gallery.LocalGallery;
import io.facet.edge.health.HealthServer;
import io.facet.edge.health.HeldFleet;
import io.facet.edge.outbox.EventSink;
import io.facet.edge.outbox.Outbox;
import io.facet.edge.sync.GallerySync;
import io.facet.edge.sync.HubGallery;
import io.facet.edge.uplink.ClockOffset;
import io.facet.edge.uplink.DesiredCamerasFile;
import io.facet.edge.uplink.HubKey;
import io.facet.edge.uplink.Uplink;
import io.facet.edge.uplink.WireEventEncoder;
import io.facet.index.VectorIndexes;
import io.facet.lifecycle.Lifecycle;
import io.facet.match.MatchPolicy;
import io.facet.model.AgentId;
import io.facet.model.Uuid7;
import io.facet.vision.pipeline.Vision;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One edge box: its parts, wired. Thread-safe. */
public final class EdgeAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeAgent.class);
    private static final Duration SYNC_EVERY = Duration.ofSeconds(60);

    private final Lifecycle parts;
    private final AgentId agent;
    private final int healthPort;

    /**
     * What to run.
     *
     * @param data the data folder
     * @param healthPort port of {@code /health}; 0 picks a free one
     * @param version of Facet
     */
    public record Settings(FacetConfig config, Path data, int healthPort, String version) {}

    /** What the agent takes from outside, so that tests may give it something else. */
    public interface Outside {
        /** The wall clock. */
        InstantSource clock();

        /** The monotonic clock. */
        LongSupplier nanos();

        SecureRandom random();

        /** Loads the models; may take minutes the first time. */
        Vision vision();

        /** Why these models must not be used; empty when they passed their check. */
        Optional<String> flaw(Vision vision);

        /** A fleet without cameras. */
        CameraFleet fleet(Vision vision, FaceMatcher matcher, EventSink sink);
    }

    private EdgeAgent(Lifecycle parts, AgentId agent, int healthPort) {
        this.parts = parts;
        this.agent = agent;
        this.healthPort = healthPort;
    }

    /**
     * Starts an agent.
     *
     * @throws io.facet.error.FacetException with what to do when it cannot start
     */
    public static EdgeAgent start(Settings settings, Outside outside) {
        Lifecycle parts = new Lifecycle();
        try {
            return wire(settings, outside, parts);
        } catch (InterruptedException stopped) {
            parts.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while starting", stopped);
        } catch (RuntimeException failure) {
            parts.close();
            throw failure;
        }
    }

    private static EdgeAgent wire(Settings settings, Outside outside, Lifecycle parts)
            throws InterruptedException {
        FacetConfig config = settings.config();
        URI hub = URI.create(config.agent().hubUrl());
        SecureRandom random = outside.random();
        AgentFolder folder =
                parts.start("data folder", () -> AgentFolder.open(settings.data(), random));
        Secret key = DeviceKeyFile.read(folder.deviceKey(config.agent().keyFile()));
        HttpClient http =
                parts.start(
                        "http",
                        () ->
                                HttpClient.newBuilder()
                                        .connectTimeout(Duration.ofSeconds(5))
                                        .build());
        Joining joining =
                new Joining(
                        config, new Enrolment(http, hub, key, folder.file("enrolment.json")), key);
        Membership self = joining.join();
        Vision vision = parts.start("models", outside::vision);
        Optional<String> flaw = outside.flaw(vision);
        LocalGallery gallery =
                parts.start("gallery", () -> gallery(config, folder, vision, random));
        HubKey hubKey = new HubKey(folder.file("hub-key"));
        ClockOffset clockOffset = new ClockOffset();
        Uuid7 ids = new Uuid7(outside.clock(), random);
        UUID boot = ids.next();
        Outbox outbox =
                parts.start(
                        "outbox",
                        () ->
                                new Outbox(
                                        folder.path(),
                                        config.agent().spoolBytes(),
                                        folder.box("outbox", random),
                                        new Outbox.Origin(
                                                self.agent(),
                                                boot,
                                                ids,
                                                outside.nanos(),
                                                clockOffset::estimate),
                                        new WireEventEncoder(hubKey)));
        GallerySync sync =
                parts.start(
                        "gallery sync",
                        () ->
                                new GallerySync(
                                        gallery,
                                        new HubGallery(http, hub, key, vision.space()),
                                        SYNC_EVERY));
        CameraFleet fleet =
                flaw.<CameraFleet>map(reason -> new HeldFleet(reason, outside.clock()))
                        .orElseGet(() -> outside.fleet(vision, gallery, outbox));
        DesiredCamerasFile cameras =
                new DesiredCamerasFile(
                        folder.file("cameras"), folder.box("cameras", random), self.agent());
        AgentReport report = new AgentReport(vision, flaw, fleet, gallery, sync, outbox);
        Uplink uplink =
                parts.start(
                        "uplink",
                        () ->
                                new Uplink(
                                        new Uplink.Parts(
                                                self.agent(),
                                                boot,
                                                settings.version(),
                                                outbox,
                                                hubKey,
                                                clockOffset,
                                                fleet,
                                                cameras,
                                                report::vitals,
                                                outside.clock(),
                                                outside.nanos()),
                                        () -> joining.broker(self.agent()),
                                        sync::announced));
        sync.onChange(uplink::stateChanged);
        // Owned after the uplink: cameras close first, and what they still report is sent.
        parts.own("cameras", fleet);
        fleet.desire(cameras.read());
        HealthServer health =
                parts.start(
                        "health",
                        () ->
                                new HealthServer(
                                        settings.healthPort(), key, () -> report.health(uplink)));
        folder.writePorts(Map.of("health", health.port()));
        LOG.info("agent {} of site {} runs", self.agent(), self.site());
        return new EdgeAgent(parts, self.agent(), health.port());
    }

    private static LocalGallery gallery(
            FacetConfig config, AgentFolder folder, Vision vision, SecureRandom random) {
        FacetConfig.Recognition recognition = config.recognition();
        return new LocalGallery(
                folder.file("gallery.db"),
                folder.box("gallery", random),
                vision.space(),
                () ->
                        new GalleryMemory(
                                VectorIndexes.create("exact", vision.space(), 0),
                                vision.calibration()),
                new MatchPolicy(
                        recognition.threshold(), recognition.margin(), recognition.maxResults()));
    }

    /** Its name at the hub. */
    public AgentId agent() {
        return agent;
    }

    /** The port of {@code /health}. */
    public int healthPort() {
        return healthPort;
    }

    /** Stops the cameras, sends what the hub still takes, says good-bye. */
    @Override
    public void close() {
        parts.close();
    }
}
