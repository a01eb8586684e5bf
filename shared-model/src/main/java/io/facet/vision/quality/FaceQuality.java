package io.facet.vision.quality;

import io.facet.config.FacetConfig.QualityLimits;
import io.facet.model.Quality;
import io.facet.model.Quality.Component;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.image.Image;
import io.facet.vision.image.ScratchPool;
import io.facet.vision.landmark.LandmarkPredictor;
import java.util.Optional;

/**
 * Measures the components on the aligned face and holds them against the limits. Thread-safe.
 *
 * <p>Eye openness comes from the 68 points when the pack has that network, else from the picture.
 */
public final class FaceQuality implements QualityAssessor {
    /** Beyond this many degrees the points say too little of the yaw to correct by it. */
    private static final float MOST_YAW = 60;

    private final QualityLimits limits;
    private final Optional<LandmarkPredictor> landmarks;
    private final ScratchPool<GreyFace> faces = new ScratchPool<>(GreyFace::new);

    public FaceQuality(QualityLimits limits, Optional<LandmarkPredictor> landmarks) {
        this.limits = limits;
        this.landmarks = landmarks;
    }

    @Override
    public Quality assess(Image image, DetectedFace face) {
        return faces.with(grey -> {
            grey.draw(image, face.landmarks());
            float eyes =
                    landmarks
                            .map(net -> EyeOpenness.ofPoints(net.predict(image, face)))
                            .orElseGet(() -> EyeOpenness.ofPicture(grey));
            return judge(Measures.of(grey), face, eyes);
        });
    }

    private Quality judge(Measures measures, DetectedFace face, float eyes) {
        Component sharpness =
                atLeast(
                        "sharpness",
                        "Sharpness",
                        measures.sharpness(),
                        limits.minSharpness(),
                        "hold still and focus the camera");
        Component brightness = brightness(measures.brightness());
        Component contrast =
                atLeast(
                        "contrast",
                        "LuminanceVariance",
                        measures.contrast(),
                        limits.minContrast(),
                        "use light from the front, without haze or glare");
        HeadPose pose = HeadPose.of(face.landmarks());
        Component size =
                atLeast(
                        "face_size",
                        "InterEyeDistance",
                        eyeDistance(face, pose),
                        limits.minFaceSize(),
                        "come closer, or use a larger picture");
        Component deviation = deviation(pose);
        Component open =
                atLeast(
                        "eye_openness",
                        "EyesOpen",
                        eyes,
                        limits.minEyeOpenness(),
                        "open your eyes");
        return new Quality(
                Overall.of(limits, measures, size.value(), deviation.value(), eyes),
                sharpness,
                brightness,
                contrast,
                size,
                deviation,
                open);
    }

    private Component brightness(float value) {
        boolean dark = value < limits.minBrightness();
        boolean bright = value > limits.maxBrightness();
        float middle = (limits.minBrightness() + limits.maxBrightness()) / 2;
        String hint = dark ? "use more light" : bright ? "use less light" : "";
        return new Component(
                "brightness",
                "LuminanceMean",
                value,
                value < middle ? limits.minBrightness() : limits.maxBrightness(),
                !dark && !bright,
                hint);
    }

    /**
     * The eyes' distance as it would be from the front, as ISO/IEC 29794-5 has it: a head turned to
     * the side shows them nearer to each other, and is no smaller for that.
     */
    private static float eyeDistance(DetectedFace face, HeadPose pose) {
        double yaw = Math.toRadians(Math.min(Math.abs(pose.yaw()), MOST_YAW));
        return (float) (face.landmarks().eyeDistance() / Math.cos(yaw));
    }

    private Component deviation(HeadPose pose) {
        float value = pose.deviation();
        boolean passed = value <= limits.maxPoseDeviation();
        String hint =
                Math.abs(pose.roll()) / 2 == value
                        ? "hold the head or the picture upright"
                        : "look straight into the camera";
        return new Component(
                "pose_deviation",
                "HeadPose",
                value,
                limits.maxPoseDeviation(),
                passed,
                passed ? "" : hint);
    }

    private static Component atLeast(
            String key, String isoName, float value, float limit, String hint) {
        boolean passed = value >= limit;
        return new Component(key, isoName, value, limit, passed, passed ? "" : hint);
    }
}
