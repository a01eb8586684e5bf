package io.facet.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * How good a picture of a face is.
 *
 * @param overall 0 to 1, higher is better
 * @param sharpness energy of fine detail in the aligned face
 * @param brightness mean luminance, 0 to 1
 * @param contrast spread of luminance, 0 to 1
 * @param faceSize distance of the eyes in pixels
 * @param poseDeviation degrees away from frontal, of a roll the half, 0 and up; lower is better
 * @param eyeOpenness 0 closed to 1 open
 */
public record Quality(
        float overall,
        Component sharpness,
        Component brightness,
        Component contrast,
        Component faceSize,
        Component poseDeviation,
        Component eyeOpenness) {

    public Quality {
        if (!(overall >= 0 && overall <= 1)) {
            throw new IllegalArgumentException("overall quality is 0 to 1, not " + overall);
        }
    }

    /**
     * One measure against its limit.
     *
     * @param key snake_case name of the brief: {@code face_size}
     * @param isoName the component's name in ISO/IEC 29794-5
     * @param value in the component's own unit
     * @param limit the value it is held against
     * @param passed whether it is good enough to enrol
     * @param hint what a person can do about it; empty when passed
     */
    public record Component(
            String key, String isoName, float value, float limit, boolean passed, String hint) {}

    /** All components in the order of the brief. */
    public List<Component> components() {
        return List.of(sharpness, brightness, contrast, faceSize, poseDeviation, eyeOpenness);
    }

    /** The components below their limit. */
    public Stream<Component> failures() {
        return components().stream().filter(c -> !c.passed());
    }

    /** Whether every component passed. */
    public boolean passed() {
        return components().stream().allMatch(Component::passed);
    }
}
