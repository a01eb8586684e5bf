package io.facet.edge.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.config.FacetConfig;
import io.facet.edge.AgentVision;
import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.capture.CaptureOptions.Playback;
import io.facet.edge.capture.FrameBuffer;
import io.facet.edge.capture.FrameSource;
import io.facet.edge.capture.FrameSource.Reading;
import io.facet.edge.capture.SourceAddress;
import io.facet.edge.capture.TestData;
import io.facet.edge.capture.javacv.FfmpegSources;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.pipeline.PackVision;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The stages as an agent opens them, on a clip whose faces the starter detector is unsure of. */
class WeakDetectionIT {
    @Test
    void anAgentsDetectorGivesWhatKeepsATrackAliveAndNoLess() {
        FacetConfig config = FacetConfig.DEFAULT;
        float strong = config.detection().scoreThreshold();
        try (PackVision vision = AgentVision.open(config, RealVision.resolve(config, "starter"))) {
            List<Float> scores = scores(vision);
            // Two faces in nearly every one of 20 frames; the strong ones alone are far fewer.
            assertThat(scores.size()).isGreaterThan(34);
            assertThat(scores.stream().filter(score -> score >= strong).count()).isLessThan(30);
            assertThat(scores).allMatch(score -> score >= 0.3f);
        }
    }

    private static List<Float> scores(PackVision vision) {
        String clip = "intel-videos/head-pose-face-detection-female-and-male.preview.mp4";
        FrameSource.Opener opener =
                new FfmpegSources(InstantSource.system())
                        .opener(
                                SourceAddress.parse(TestData.of(clip).toString()),
                                CaptureOptions.DEFAULT.withPlayback(Playback.ONCE_FAST));
        List<Float> scores = new ArrayList<>();
        FrameBuffer frame = new FrameBuffer();
        try (FrameSource source = opener.open(() -> false)) {
            for (int i = 0; i < 20 && source.read(frame) instanceof Reading.Frame; i++) {
                vision.detector().detect(frame.image()).stream()
                        .map(DetectedFace::score)
                        .forEach(scores::add);
            }
        }
        return scores;
    }
}
