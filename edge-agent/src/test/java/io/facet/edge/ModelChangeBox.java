package io.facet.edge;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.config.FacetConfig;
import io.facet.config.Secret;
import io.facet.edge.camera.CameraFleet;
import io.facet.edge.camera.FaceMatcher;
import io.facet.edge.clip.ClipStudio;
import io.facet.edge.clip.FilmMaker;
import io.facet.edge.gallery.BootTime;
import io.facet.edge.outbox.EventSink;
import io.facet.edge.software.Host;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.pipeline.PackVision;
import io.facet.vision.pipeline.Vision;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A box that is told its software by a file, as after a message of the hub's. */
final class ModelChangeBox implements AutoCloseable, EdgeAgent.Outside {
    private static final String KEY = "a-device-key-of-a-test";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path data;
    private final URI hub;
    private final ResolvedPack configured;
    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger restarts = new AtomicInteger();
    private Duration settled = Duration.ofSeconds(2);
    private @Nullable EdgeAgent agent;
    private volatile @Nullable Vision vision;
    private volatile @Nullable FaceMatcher matcher;

    ModelChangeBox(Path data, URI hub, ResolvedPack configured) throws IOException {
        this.data = data;
        this.hub = hub;
        this.configured = configured;
        Files.createDirectories(data);
        Files.writeString(data.resolve("device-key"), KEY);
    }

    /** No trial ends well while a test runs. */
    void settledAfterHours() {
        settled = Duration.ofHours(1);
    }

    /** Starts the agent; the one before is closed first. */
    void start() {
        close();
        agent = EdgeAgent.start(new EdgeAgent.Settings(config(), data, hub, 0, "1.0.0"), this);
    }

    /** As the hub's message leaves it, for an agent that starts. */
    void wish(byte[] message) throws IOException {
        close();
        Files.createDirectories(data.resolve("software"));
        Files.write(data.resolve("software/wanted"), message);
        start();
    }

    /** Waits until the agent asks to be started again, and ends it as it asks. */
    void awaitRestart() {
        int before = restarts.get();
        await().atMost(PATIENCE).until(() -> restarts.get() > before);
        close();
    }

    int restarts() {
        return restarts.get();
    }

    String active() throws IOException {
        return Files.readString(data.resolve("models/active"));
    }

    Path gallery(String pack) {
        return data.resolve("models").resolve(pack).resolve("gallery.db");
    }

    JsonNode health() throws IOException, InterruptedException {
        int port = Objects.requireNonNull(agent).healthPort();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                        .header("Authorization", "Bearer " + KEY)
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return JsonMapper.builder()
                    .build()
                    .readTree(http.send(request, BodyHandlers.ofString()).body());
        }
    }

    Vision vision() {
        return Objects.requireNonNull(vision);
    }

    FaceMatcher matcher() {
        return Objects.requireNonNull(matcher);
    }

    /** A broker nobody answers at. */
    static FacetConfig config() {
        FacetConfig d = FacetConfig.DEFAULT;
        return new FacetConfig(
                d.recognition(),
                d.database(),
                d.cameras(),
                d.models(),
                d.detection(),
                d.quality(),
                d.tracking(),
                d.hub(),
                FacetConfig.Mqtt.at("tcp://127.0.0.1:9", "", Secret.NONE),
                d.agent(),
                d.clips(),
                d.limits(),
                d.alerts(),
                d.webhooks(),
                d.email(),
                d.retention(),
                d.oidc());
    }

    @Override
    public Host host() {
        return new Host(
                Optional.empty(),
                new Host.Restart() {
                    @Override
                    public boolean again(String why) {
                        restarts.incrementAndGet();
                        return true;
                    }

                    @Override
                    public void hung() {
                        restarts.incrementAndGet();
                    }
                },
                new Host.Timing(settled, Duration.ofMinutes(2), Duration.ZERO));
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public LongSupplier nanos() {
        return System::nanoTime;
    }

    @Override
    public BootTime bootTime() {
        return BootTime.system();
    }

    @Override
    public SecureRandom random() {
        return random;
    }

    @Override
    public ResolvedPack configured() {
        return configured;
    }

    @Override
    public PackVision open(ResolvedPack pack) {
        return AgentVision.open(config(), pack);
    }

    @Override
    public Optional<String> flaw(PackVision loaded) {
        return AgentVision.flaw(loaded, Optional.empty());
    }

    @Override
    public FilmMaker films() {
        throw new IllegalStateException("no clips are wanted here");
    }

    @Override
    public CameraFleet fleet(
            Vision loaded, FaceMatcher faces, EventSink sink, Optional<ClipStudio> clips) {
        this.vision = loaded;
        this.matcher = faces;
        return new StartingCameras();
    }

    @Override
    public void close() {
        EdgeAgent running = agent;
        if (running != null) {
            running.close();
            agent = null;
        }
    }
}
