package io.facet.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facet.config.FacetConfig;
import io.facet.edge.camera.CameraSettings.Handover;
import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.CaptureOptions.Playback;
import io.facet.edge.capture.CaptureOptions.Size;
import io.facet.edge.capture.SourceAddress;
import io.facet.edge.capture.TestData;
import io.facet.edge.capture.javacv.FfmpegSources;
import io.facet.model.Camera;
import io.facet.model.TrackId;
import io.facet.model.Uuid7;
import io.facet.vision.pipeline.PackVision;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a frame costs each of a camera's two threads, on a real clip of two people at 720p. */
class FrameCostIT {
    private static final Logger LOG = LoggerFactory.getLogger(FrameCostIT.class);
    private static final int WARM_UP = 400;
    private static final int FRAMES = 600;

    private record Sample(long frames, ThreadUse reader, ThreadUse looker) {
        static Sample of(CameraRunner runner, long atFrame) {
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> runner.counters().framesAnalysed() >= atFrame);
            return new Sample(
                    runner.counters().framesAnalysed(), runner.readerUse(), runner.lookerUse());
        }
    }

    @Test
    void framesAreReadWithoutGarbageAndLookedAtWithLittle() {
        FacetConfig config = FacetConfig.DEFAULT;
        try (PackVision vision =
                RealVision.open(CameraSettings.withWeakDetections(config), "open")) {
            TestGallery gallery = new TestGallery(vision);
            gallery.enrol(TestData.woman(), 3);
            try (CameraRunner runner = runner(config, vision, gallery)) {
                runner.start();
                Sample before = Sample.of(runner, WARM_UP);
                Sample after = Sample.of(runner, WARM_UP + FRAMES);
                long frames = after.frames() - before.frames();
                long readerBytes =
                        (after.reader().allocated() - before.reader().allocated()) / frames;
                long lookerBytes =
                        (after.looker().allocated() - before.looker().allocated()) / frames;
                LOG.info(
                        String.format(
                                Locale.ROOT,
                                "per frame of 1280x720: reader %d bytes, %.2f ms CPU;"
                                        + " looker %d bytes, %.2f ms CPU (its own thread)",
                                readerBytes,
                                (after.reader().cpu() - before.reader().cpu()) / 1e6 / frames,
                                lookerBytes,
                                (after.looker().cpu() - before.looker().cpu()) / 1e6 / frames));
                assertThat(readerBytes).isLessThan(4096);
                assertThat(lookerBytes).isLessThan(65_536);
            }
        }
    }

    private static CameraRunner runner(FacetConfig config, PackVision vision, FaceMatcher matcher) {
        String clip = "intel-videos/head-pose-face-detection-female-and-male.preview.mp4";
        Camera camera =
                new Camera(
                        FaceAnalyserTest.CAMERA.id(),
                        "clip",
                        FaceAnalyserTest.CAMERA.site(),
                        FaceAnalyserTest.CAMERA.agent(),
                        SourceAddress.parse(TestData.of(clip).toString()));
        Uuid7 ids = new Uuid7(InstantSource.system(), new Random(1));
        CameraParts parts =
                new CameraParts(
                        new FfmpegSources(InstantSource.system()),
                        vision,
                        matcher,
                        new RecordingSink(),
                        InstantSource.system(),
                        () -> new TrackId(ids.next()),
                        new Turns(2, System::nanoTime));
        CaptureOptions options =
                CaptureOptions.DEFAULT
                        .withScaleTo(new Size(1280, 720))
                        .withPlayback(new Playback(true, false, 15));
        return new CameraRunner(
                camera,
                parts,
                CameraSettings.of(config).withCapture(options, Handover.EVERY),
                () -> {},
                Runnable::run);
    }
}
