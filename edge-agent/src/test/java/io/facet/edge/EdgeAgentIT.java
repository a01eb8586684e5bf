package io.facet.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.config.FacetConfig;
import io.facet.config.Secret;
import io.facet.edge.EdgeAgent.Outside;
import io.facet.edge.camera.CameraFleet;
import io.facet.edge.camera.FaceMatcher;
import io.facet.edge.camera.RealVision;
import io.facet.edge.clip.ClipStudio;
import io.facet.edge.clip.FilmMaker;
import io.facet.edge.gallery.BootTime;
import io.facet.edge.outbox.EventSink;
import io.facet.vision.catalog.ColourOrder;
import io.facet.vision.catalog.InputSpec;
import io.facet.vision.catalog.ModelSpec;
import io.facet.vision.catalog.ResolvedModel;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.pipeline.PackVision;
import io.facet.vision.pipeline.Vision;
import io.facet.wire.WireIds;
import io.facet.wire.v1.DesiredCamera;
import io.facet.wire.v1.DesiredCameras;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole agent that starts without its hub, with the real networks and with broken ones. */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder before the first test
class EdgeAgentIT {
    private static final String KEY = "a-device-key-of-a-test";
    private static final UUID CAMERA = new UUID(1, 2);
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir private Path data;

    /** A box that joined before and was told to read a camera. */
    @BeforeEach
    void fillTheFolder() throws IOException {
        try (AgentFolder folder = AgentFolder.open(data, RANDOM)) {
            Files.writeString(folder.file("device-key"), KEY);
            byte[] cameras =
                    DesiredCameras.newBuilder()
                            .addCameras(
                                    DesiredCamera.newBuilder()
                                            .setCameraId(WireIds.bytes(CAMERA))
                                            .setName("door")
                                            .setSiteId("default")
                                            .setAddress("rtsp://127.0.0.1:9/none"))
                            .build()
                            .toByteArray();
            byte[] context = "cameras".getBytes(StandardCharsets.US_ASCII);
            Files.write(
                    folder.file("cameras"), folder.box("cameras", RANDOM).seal(cameras, context));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "starter"})
    void modelsThatGiveTheirKnownAnswersMakeItReady(String pack) throws Exception {
        try (EdgeAgent agent = start(RealVision.resolve(config(), pack))) {
            HttpResponse<String> answer = health(agent, "ready");

            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode body = JsonMapper.builder().build().readTree(answer.body());
            assertThat(body.get("ready").asBoolean()).isTrue();
            assertThat(camera(body).get("state").asText()).isEqualTo("streaming");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "starter"})
    void modelsThatDoNotAreSaidAndNoCameraIsRead(String pack) throws Exception {
        ResolvedPack wrong = withSwappedColours(RealVision.resolve(config(), pack));
        try (EdgeAgent agent = start(wrong)) {
            HttpResponse<String> answer = health(agent, "ready");

            assertThat(answer.statusCode()).isEqualTo(503);
            JsonNode body = JsonMapper.builder().build().readTree(answer.body());
            assertThat(body.get("ready").asBoolean()).isFalse();
            assertThat(body.get("reason").asText())
                    .contains("drawn_face_embedding", "./facet doctor");
            assertThat(camera(body).get("camera_id").asText()).isEqualTo(CAMERA.toString());
            assertThat(camera(body).get("state").asText()).isEqualTo("stopped");
            assertThat(camera(body).get("reason").asText()).contains("drawn_face_embedding");
            assertThat(health(agent, "live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void strangersLearnNothingButTheStatus() throws Exception {
        try (EdgeAgent agent = start(RealVision.resolve(config(), "open"))) {
            assertThat(get(agent, "ready", Optional.empty()).body())
                    .isEqualTo("{\"status\":\"up\"}");
        }
    }

    @Test
    void unlessAskedForNoFilmIsMadeAndNoneOfBeforeStays() throws Exception {
        Path clips = data.resolve("clips");
        Files.createDirectories(clips);
        Files.writeString(clips.resolve(new UUID(1, 2) + ".clip"), "a film of earlier days");
        try (EdgeAgent agent = start(RealVision.resolve(config(), "open"))) {
            assertThat(health(agent, "ready").body()).doesNotContain("clips");
            assertThat(clips).doesNotExist();
        }
    }

    private EdgeAgent start(ResolvedPack pack) {
        return EdgeAgent.start(
                new EdgeAgent.Settings(config(), data, URI.create("http://127.0.0.1:9"), 0, "test"),
                new Machine(pack));
    }

    /** A broker nobody answers at: what makes an agent start without its hub. */
    private static FacetConfig config() {
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

    private static HttpResponse<String> health(EdgeAgent agent, String what) throws Exception {
        return get(agent, what, Optional.of(KEY));
    }

    private static HttpResponse<String> get(EdgeAgent agent, String what, Optional<String> key)
            throws Exception {
        URI address = URI.create("http://127.0.0.1:" + agent.healthPort() + "/health/" + what);
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        key.ifPresent(k -> request.header("Authorization", "Bearer " + k));
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static JsonNode camera(JsonNode health) {
        assertThat(health.get("components").get("cameras")).hasSize(1);
        return health.get("components").get("cameras").get(0);
    }

    /** The right file, fed blue as red: what a wrong manifest would do, and no hash would tell. */
    private static ResolvedPack withSwappedColours(ResolvedPack pack) {
        ResolvedModel<ModelSpec.Embedder> right = pack.embedder();
        ModelSpec.Embedder spec = right.spec();
        InputSpec in = spec.input();
        ModelSpec.Embedder swapped =
                new ModelSpec.Embedder(
                        new InputSpec(
                                in.name(),
                                in.width(),
                                in.height(),
                                in.multiple(),
                                in.dynamicBatch(),
                                in.colour() == ColourOrder.RGB ? ColourOrder.BGR : ColourOrder.RGB,
                                in.mean(),
                                in.scale()),
                        spec.output(),
                        spec.dimension(),
                        spec.crop(),
                        spec.resampler(),
                        spec.quantiser());
        return new ResolvedPack(
                pack.pack(),
                pack.detector(),
                new ResolvedModel<>(right.id(), right.onnx(), right.sha256(), swapped),
                pack.liveness(),
                pack.landmarks(),
                pack.expression(),
                pack.space(),
                pack.missing());
    }

    /** This machine with given models, and cameras that are only counted. */
    private record Machine(ResolvedPack pack) implements Outside {
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
            return RANDOM;
        }

        @Override
        public ResolvedPack configured() {
            return pack;
        }

        @Override
        public PackVision open(ResolvedPack resolved) {
            return AgentVision.open(config(), resolved);
        }

        @Override
        public Optional<String> flaw(PackVision vision) {
            return AgentVision.flaw(vision, Optional.empty());
        }

        @Override
        public FilmMaker films() {
            return cut -> new byte[0];
        }

        @Override
        public CameraFleet fleet(
                Vision vision, FaceMatcher matcher, EventSink sink, Optional<ClipStudio> clips) {
            return new StartingCameras();
        }
    }
}
