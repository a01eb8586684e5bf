package io.facet.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.config.FacetConfig;
import io.facet.edge.camera.CameraSettings.Handover;
import io.facet.edge.capture.CaptureOptions.Playback;
import io.facet.edge.capture.SourceAddress;
import io.facet.edge.capture.TestData;
import io.facet.edge.capture.javacv.FfmpegSources;
import io.facet.model.Camera;
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
import java.util.Random;
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
                        new Turns(2, System::nanoTime));
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
}
