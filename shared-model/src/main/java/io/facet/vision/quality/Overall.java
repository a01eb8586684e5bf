package io.facet.vision.quality;

import io.facet.config.FacetConfig.QualityLimits;

/**
 * One number for choosing the best of several pictures: the geometric mean of the components, each
 * brought to 0 to 1 where a half is its limit, so that one bad component cannot be outweighed.
 */
final class Overall {
    private Overall() {}

    static float of(
            QualityLimits limits, Measures measures, float eyeDistance, float pose, float eyes) {
        double product =
                rising(measures.sharpness(), limits.minSharpness())
                        * rising(measures.brightness(), limits.minBrightness())
                        * rising(1 - measures.brightness(), 1 - limits.maxBrightness())
                        * rising(measures.contrast(), limits.minContrast())
                        * rising(eyeDistance, limits.minFaceSize())
                        * falling(pose, limits.maxPoseDeviation())
                        * rising(eyes, limits.minEyeOpenness());
        return (float) Math.pow(product, 1.0 / 7);
    }

    /** 0 at 0, a half at the limit, towards 1 far above it. */
    private static double rising(double value, double limit) {
        return limit <= 0 ? 1 : Math.max(0, value) / (Math.max(0, value) + limit);
    }

    /** 1 at 0, a half at the limit, towards 0 far above it. */
    private static double falling(double value, double limit) {
        return limit <= 0 ? 1 : limit * limit / (limit * limit + value * value);
    }
}
