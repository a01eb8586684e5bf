package io.facet.edge.camera;

import io.facet.config.FacetConfig;
import io.facet.edge.capture.CaptureOptions;
import io.facet.edge.track.TrackerSettings;
import java.time.Duration;

/**
 * How a camera is run.
 *
 * @param handover what happens to frames that come faster than they are looked at
 */
public record CameraSettings(
        CaptureOptions capture,
        Handover handover,
        Duration maxBackoff,
        double motionThreshold,
        TrackerSettings tracking,
        JudgeSettings judging) {
    private static final int BIRTH_HITS = 2;
    private static final float WEAK_SHARE = 0.5f;
    private static final float LEAST_WEAK = 0.2f;

    /** What happens to frames that come faster than they are looked at. */
    public enum Handover {
        /** The newest wins, older ones are dropped and counted: for cameras. */
        NEWEST,
        /** The reader waits, none is dropped: for benches and tests on files. */
        EVERY
    }

    /** As config.json says. */
    public static CameraSettings of(FacetConfig config) {
        FacetConfig.Cameras cameras = config.cameras();
        return new CameraSettings(
                CaptureOptions.DEFAULT
                        .withTimeouts(cameras.stallTimeout(), cameras.stallTimeout())
                        .withMaxFrameRate(cameras.frameRate()),
                Handover.NEWEST,
                cameras.maxBackoff(),
                cameras.motionThreshold(),
                new TrackerSettings(
                        config.detection().scoreThreshold(),
                        BIRTH_HITS,
                        config.tracking().maxGap()),
                JudgeSettings.of(config));
    }

    /**
     * The configuration to open an agent's stages with: its detector gives weak detections too,
     * which keep tracks alive but begin none, while {@code detection.score_threshold} stays what a
     * track needs to begin. Applied once; {@link #of} takes the configuration as it is.
     */
    public static FacetConfig withWeakDetections(FacetConfig config) {
        FacetConfig.Detection detection = config.detection();
        float strong = detection.scoreThreshold();
        float weak = Math.min(strong, Math.max(LEAST_WEAK, WEAK_SHARE * strong));
        return config.withDetection(
                new FacetConfig.Detection(
                        detection.inputSize(), weak, detection.tiles(), detection.minFaceSize()));
    }

    /** The same for a recording played as these options say. */
    public CameraSettings playing(CaptureOptions.Playback playback, Handover how) {
        return withCapture(capture.withPlayback(playback), how);
    }

    public CameraSettings withCapture(CaptureOptions options, Handover how) {
        return new CameraSettings(options, how, maxBackoff, motionThreshold, tracking, judging);
    }
}
