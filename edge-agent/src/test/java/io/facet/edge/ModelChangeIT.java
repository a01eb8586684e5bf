package io.facet.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.config.FacetConfig;
import io.facet.edge.camera.RealVision;
import io.facet.edge.capture.TestData;
import io.facet.edge.software.SoftwareHub;
import io.facet.match.MatchDecision;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.update.ModelArchive;
import io.facet.vision.catalog.PackFolder;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.image.Image;
import io.facet.vision.image.ImageDecoder;
import io.facet.vision.pipeline.FaceOutcome;
import io.facet.vision.pipeline.PackVision;
import io.facet.vision.pipeline.Vision;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole agents with real networks go from one pack to another, and back when it is not well. */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder before the first test
class ModelChangeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final FacetConfig CONFIG = ModelChangeBox.config();

    @TempDir private Path folder;
    private SoftwareHub hub;
    private ModelChangeBox box;
    private static final Map<String, Embedding> TEMPLATES = new HashMap<>();
    private static ResolvedPack starter;
    private static ResolvedPack open;
    private static Image portrait;

    @BeforeAll
    static void adaInBothSpaces() throws IOException {
        starter = RealVision.resolve(CONFIG, "starter");
        open = RealVision.resolve(CONFIG, "open");
        portrait = portrait();
        for (ResolvedPack pack : List.of(starter, open)) {
            try (PackVision vision = AgentVision.open(CONFIG, pack)) {
                TEMPLATES.put(pack.space().id(), face(vision));
            }
        }
    }

    @BeforeEach
    void aBoxOnStarterWhoseHubKnowsHer() throws IOException {
        hub = new SoftwareHub();
        hub.templates.putAll(TEMPLATES);
        box = new ModelChangeBox(folder.resolve("agent"), hub.address(), starter);
    }

    @AfterEach
    void stop() {
        box.close();
        hub.close();
    }

    @Test
    void aPackThatWorksIsTakenAndKnowsTheSamePeople() throws Exception {
        String pack = hub.keep(archive(open, _ -> {}));
        box.start();
        awaitKnown();
        box.wish(hub.wish(1, pack, "open"));

        box.awaitRestart();
        assertThat(box.active()).contains("current=configured\n", "trial=" + pack);
        assertThat(box.gallery(pack)).isNotEmptyFile();
        box.start();
        // From the first moment on, also without the hub.
        assertThat(known()).as("Ada is known with the new models").isTrue();
        assertThat(box.vision().space()).isEqualTo(open.space());
        await().atMost(PATIENCE).until(() -> state().equals("current"));
        assertThat(models().path("version").asText()).isEqualTo("open");
        assertThat(models().path("sha256").asText()).isEqualTo(pack);
        assertThat(models().path("revision").asLong()).isEqualTo(1);
        assertThat(box.active()).contains("current=" + pack, "trial=\n", "former=configured");
        assertThat(folder.resolve("agent/gallery.db")).doesNotExist();

        // And back to what the configuration names.
        box.wish(
                io.facet.wire.v1.DesiredSoftware.newBuilder().setRevision(2).build().toByteArray());
        box.awaitRestart();
        box.start();
        assertThat(known()).isTrue();
        assertThat(box.vision().space()).isEqualTo(starter.space());
        await().atMost(PATIENCE).until(() -> state().equals("current"));
        assertThat(models().path("version").asText()).isEqualTo("starter");
    }

    @Test
    void aPackThatDoesNotGiveItsKnownAnswersIsRolledBack() throws Exception {
        String pack = hub.keep(archive(open, ModelChangeIT::swapColours));
        EmbeddingSpace itsOwn = PackFolder.open(folder.resolve("pack")).space();
        byte[] template = ada(open).toBytes();
        hub.templates.put(itsOwn.id(), Embedding.fromBytes(itsOwn, template));
        box.start();
        awaitKnown();
        box.wish(hub.wish(1, pack, "open"));
        box.awaitRestart();
        box.start();

        assertThat(known()).as("the former models go on").isTrue();
        await().atMost(PATIENCE).until(() -> state().equals("rolled_back"));
        assertThat(models().path("reason").asText())
                .contains("failed their check", "drawn_face_embedding");
        assertThat(models().path("version").asText()).isEqualTo("starter");
        assertThat(box.restarts()).isEqualTo(1);
    }

    @Test
    void aPackWithAChangedWeightIsRefusedAndNothingChanges() throws Exception {
        String pack = hub.keep(archive(open, ModelChangeIT::changeAWeight));
        box.start();
        box.wish(hub.wish(1, pack, "open"));
        await().atMost(PATIENCE).until(() -> state().equals("refused"));
        assertThat(models().path("reason").asText()).contains("model_corrupt", "embed");
        assertThat(box.gallery(pack)).doesNotExist();
        awaitKnown();
        assertThat(box.restarts()).isZero();
    }

    @Test
    void aBoxWhoseHubHasNoFacesForThePackStaysOnItsOwn() throws Exception {
        String pack = hub.keep(archive(open, _ -> {}));
        hub.templates.remove(open.space().id());
        box.start();
        box.wish(hub.wish(1, pack, "open"));
        await().atMost(PATIENCE)
                .until(() -> models().path("reason").asText().contains("different models"));
        assertThat(state()).isEqualTo("staged");
        assertThat(box.restarts()).isZero();
        hub.templates.put(open.space().id(), ada(open));
        box.awaitRestart();
    }

    @Test
    @Tag("long")
    void killsDuringTheTrialEndIt() throws Exception {
        String pack = hub.keep(archive(open, _ -> {}));
        box.start();
        awaitKnown();
        box.wish(hub.wish(1, pack, "open"));
        box.awaitRestart();
        for (int kill = 1; kill <= 3; kill++) {
            assertThat(spaceOfAChildThatIsKilled())
                    .as("start %d", kill)
                    .isEqualTo(open.space().id());
            assertThat(box.active()).contains("trial=" + pack, "trials=" + kill);
        }
        box.start();
        assertThat(box.vision().space()).isEqualTo(starter.space());
        assertThat(known()).as("the former models go on").isTrue();
        assertThat(state()).isEqualTo("rolled_back");
        assertThat(models().path("reason").asText()).contains("cut off 3 times");
    }

    private String spaceOfAChildThatIsKilled() throws Exception {
        Process child =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "--add-modules=jdk.incubator.vector",
                                "-Dfacet.home=" + TestData.home(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ModelTrialChild.class.getName(),
                                folder.resolve("agent").toString(),
                                hub.address().toString())
                        .redirectError(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("child.log").toFile()))
                        .start();
        try (BufferedReader said = child.inputReader()) {
            String line = said.readLine();
            while (line != null && !line.startsWith("runs ")) {
                line = said.readLine();
            }
            child.toHandle().destroyForcibly();
            child.waitFor();
            return line == null
                    ? Files.readString(folder.resolve("child.log"))
                    : line.substring("runs ".length());
        }
    }

    private boolean known() {
        return box.matcher().match(face(box.vision()), 0.6f) instanceof MatchDecision.Known;
    }

    private void awaitKnown() {
        await().atMost(PATIENCE).until(this::known);
    }

    private JsonNode models() throws Exception {
        for (JsonNode product : box.health().path("components").path("software")) {
            if (product.path("product").asText().equals("facet-models")) {
                return product;
            }
        }
        return JsonMapper.builder().build().nullNode();
    }

    private String state() throws Exception {
        return models().path("state").asText();
    }

    private static Embedding face(Vision vision) {
        return vision.analyse(portrait, new Vision.Wanted(false, false, false)).stream()
                .filter(FaceOutcome.Ready.class::isInstance)
                .map(FaceOutcome.Ready.class::cast)
                .findFirst()
                .orElseThrow()
                .embedding();
    }

    private static Embedding ada(ResolvedPack pack) {
        return Objects.requireNonNull(TEMPLATES.get(pack.space().id()));
    }

    private static Image portrait() throws IOException {
        try (Stream<Path> files = Files.walk(TestData.of("portraits-face_recognition/examples"))) {
            Path picture =
                    files.filter(file -> file.endsWith("obama_small.jpg"))
                            .findFirst()
                            .orElseThrow();
            return new ImageDecoder(1 << 26, 1 << 26).decode(Files.readAllBytes(picture));
        }
    }

    private interface Change {
        void in(Path pack) throws IOException;
    }

    private byte[] archive(ResolvedPack pack, Change change) throws IOException {
        Path content = Files.createDirectories(folder.resolve("pack"));
        PackFolder.write(pack, content);
        change.in(content);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        ModelArchive.write(content, pack.pack().name(), hub.keys, archive);
        return archive.toByteArray();
    }

    private static void swapColours(Path pack) throws IOException {
        Path network = pack.resolve("networks/face-reidentification-retail-0095.json");
        Files.writeString(
                network,
                Files.readString(network).replace("\"colour\": \"BGR\"", "\"colour\": \"RGB\""));
    }

    private static void changeAWeight(Path pack) throws IOException {
        PackSurgery.changeAWeight(pack, "face-reidentification-retail-0095");
    }
}
