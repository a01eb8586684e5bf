package io.facet.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facet.config.FacetConfig;
import io.facet.edge.camera.CameraSettings.Handover;
import io.facet.edge.capture.CaptureOptions.Playback;
import io.facet.edge.capture.SourceAddress;
import io.facet.edge.capture.TestData;
import io.facet.edge.capture.javacv.FfmpegSources;
import io.facet.model.Camera;
import io.facet.model.CameraId;
import io.facet.model.FaceEvent.Recognised;
import io.facet.model.PersonId;
import io.facet.model.TrackId;
import io.facet.model.Uuid7;
import io.facet.vision.pipeline.PackVision;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Real clips and networks on one turn at a time: two cameras whose only recording plays while two
 * others put a crowded street before the networks as fast as they take it.
 */
class FairShareIT {
    private static final String STREET = "videos/opencv4nodejs_people.mp4";
    private static final String WOMAN_AND_MAN =
            "intel-videos/head-pose-face-detection-female-and-male.preview.mp4";

    private final FacetConfig config = FacetConfig.DEFAULT;
    private final RecordingSink sink = new RecordingSink();
    private final List<CameraRunner> open = new ArrayList<>();

    private CameraRunner start(CameraParts parts, int number, String clip, Playback playback) {
        Camera camera =
                new Camera(
                        new CameraId(new UUID(1, number)),
                        "camera " + number,
                        FaceAnalyserTest.CAMERA.site(),
                        FaceAnalyserTest.CAMERA.agent(),
                        SourceAddress.parse(TestData.of(clip).toString()));
        CameraSettings settings = CameraSettings.of(config).playing(playback, Handover.NEWEST);
        CameraRunner runner = new CameraRunner(camera, parts, settings, () -> {}, Runnable::run);
        open.add(runner);
        runner.start();
        return runner;
    }

    @Test
    void aCrowdBeforeOneCameraDoesNotCostAnotherItsVisitor() throws InterruptedException {
        try (PackVision vision =
                RealVision.open(CameraSettings.withWeakDetections(config), "open")) {
            meet(vision);
        }
    }

    private void meet(PackVision vision) throws InterruptedException {
        try {
            TestGallery gallery = new TestGallery(vision);
            PersonId woman = gallery.enrol(TestData.woman(), 3);
            Uuid7 ids = new Uuid7(InstantSource.system(), new Random(1));
            CameraParts parts =
                    new CameraParts(
                            new FfmpegSources(InstantSource.system()),
                            vision,
                            gallery,
                            sink,
                            InstantSource.system(),
                            () -> new TrackId(ids.next()),
                            new Turns(1, System::nanoTime));
            Playback flood = new Playback(true, false, 0);
            CameraRunner crowd = start(parts, 1, STREET, flood);
            start(parts, 2, STREET, flood);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> crowd.counters().framesAnalysed() > 20);
            Playback once = new Playback(false, true, 0);
            List<CameraRunner> quiet =
                    List.of(
                            start(parts, 3, WOMAN_AND_MAN, once),
                            start(parts, 4, WOMAN_AND_MAN, once));
            for (CameraRunner runner : quiet) {
                assertThat(runner.awaitEnd(Duration.ofMinutes(2))).isTrue();
                assertThat(runner.counters().framesAnalysed()).isPositive();
            }
            assertThat(sink.of(Recognised.class))
                    .filteredOn(e -> e.identity().person().equals(woman))
                    .extracting(e -> e.header().camera())
                    .containsExactlyInAnyOrder(
                            quiet.get(0).camera().id(), quiet.get(1).camera().id());
            assertThat(crowd.counters().framesShed()).isPositive();
            // Neither did the others stop the crowd.
            long before = crowd.counters().framesAnalysed();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> crowd.counters().framesAnalysed() > before + 5);
        } finally {
            open.forEach(CameraRunner::close);
        }
    }
}
