package io.facet.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.config.FacetConfig;
import io.facet.edge.camera.CameraSettings.Handover;
import io.facet.edge.capture.CaptureOptions.Playback;
import io.facet.edge.capture.SourceAddress;
import io.facet.edge.capture.TestData;
import io.facet.edge.capture.javacv.FfmpegSources;
import io.facet.edge.capture.javacv.Films;
import io.facet.edge.capture.javacv.WebmFilms;
import io.facet.edge.clip.CallersThread;
import io.facet.edge.clip.ClipSettings;
import io.facet.edge.clip.ClipStudio;
import io.facet.model.Camera;
import io.facet.model.EventId;
import io.facet.model.FaceEvent.Recognised;
import io.facet.model.FaceEvent.RecognitionRetracted;
import io.facet.model.FaceEvent.UnknownSeen;
import io.facet.model.PersonId;
import io.facet.model.TrackId;
import io.facet.model.Uuid7;
import io.facet.vision.pipeline.PackVision;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real clips and real networks: the woman of one clip is enrolled and then met in another, beside a
 * man whom nobody knows.
 */
class ClipRecognitionIT {
    private static final Path BOTH =
            Path.of("intel-videos/head-pose-face-detection-female-and-male.preview.mp4");

    private final RecordingSink sink = new RecordingSink();
    private final FacetConfig config = FacetConfig.DEFAULT;

    private void run(PackVision vision, FaceMatcher matcher, Path clip)
            throws InterruptedException {
        run(vision, matcher, clip, Optional.empty());
    }

    private void run(PackVision vision, FaceMatcher matcher, Path clip, Optional<ClipStudio> clips)
            throws InterruptedException {
        Camera camera =
                new Camera(
                        FaceAnalyserTest.CAMERA.id(),
                        "clip",
                        FaceAnalyserTest.CAMERA.site(),
                        FaceAnalyserTest.CAMERA.agent(),
                        SourceAddress.parse(clip.toString()));
        Uuid7 ids = new Uuid7(InstantSource.system(), new Random(1));
        CameraParts parts =
                new CameraParts(
                        new FfmpegSources(InstantSource.system()),
                        vision,
                        matcher,
                        sink,
                        InstantSource.system(),
                        () -> new TrackId(ids.next()),
                        new Turns(2, System::nanoTime),
                        clips);
        CameraSettings once = CameraSettings.of(config).playing(Playback.ONCE_FAST, Handover.EVERY);
        CameraRunner runner = new CameraRunner(camera, parts, once, () -> {}, Runnable::run);
        runner.start();
        assertThat(runner.awaitEnd(Duration.ofMinutes(5))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "starter"})
    void theWomanIsRecognisedOnceAndTheManStaysUnknown(String pack) throws InterruptedException {
        try (PackVision vision = RealVision.open(CameraSettings.withWeakDetections(config), pack)) {
            TestGallery gallery = new TestGallery(vision);
            PersonId woman = gallery.enrol(TestData.woman(), 3);
            assertThat(gallery.size()).isEqualTo(3);
            run(vision, gallery, TestData.of(BOTH.toString()));
            assertThat(sink.of(Recognised.class))
                    .singleElement()
                    .satisfies(e -> assertThat(e.identity().person()).isEqualTo(woman));
            assertThat(sink.of(RecognitionRetracted.class)).isEmpty();
            assertThat(sink.of(UnknownSeen.class)).hasSize(1);
        }
    }

    @Test
    void theFilmOfARecognitionShowsTheSecondsAroundIt(@TempDir Path folder)
            throws InterruptedException {
        ClipSettings settings =
                new ClipSettings(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), 5, 240, false, 4_000_000);
        Map<EventId, byte[]> films = new ConcurrentHashMap<>();
        try (PackVision vision =
                RealVision.open(CameraSettings.withWeakDetections(config), "starter")) {
            TestGallery gallery = new TestGallery(vision);
            gallery.enrol(TestData.woman(), 3);
            ClipStudio studio =
                    new ClipStudio(settings, new WebmFilms(), films::put, new CallersThread());
            run(vision, gallery, TestData.of(BOTH.toString()), Optional.of(studio));
            studio.close();
            assertThat(studio.dropped()).isZero();
        }
        EventId event = sink.of(Recognised.class).getFirst().header().id();
        assertThat(films).containsOnlyKeys(event);
        List<Films.Shown> shown = Films.play(Objects.requireNonNull(films.get(event)), folder);
        // The woman is there from the first frames on: nothing before, two seconds after.
        assertThat(shown).hasSizeBetween(10, 13).allMatch(s -> s.width() == 240);
        assertThat(shown.getLast().nanos()).isBetween(1_900_000_000L, 2_500_000_000L);
        assertThat(shown).extracting(Films.Shown::brightness).allMatch(b -> b > 20);
    }
}
