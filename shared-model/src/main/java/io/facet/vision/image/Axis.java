package io.facet.vision.image;

/**
 * Which source pixels make each target pixel along one axis, and how much of each. Pixel i covers
 * [i, i + 1); a source position is the target position divided by the scale.
 *
 * <p>Enlarging, and shrinking up to twofold, interpolates linearly between two pixels; shrinking
 * further averages over the area a target pixel covers, or detail finer than a target pixel would
 * turn into noise. Nobody writes to the arrays.
 */
final class Axis {
    /** Target pixel t is the sum over k of weights[t * taps + k] * source[first[t] + k]. */
    final int taps;

    final int[] first;

    /** Sum to 1 per target pixel. */
    final float[] weights;

    /** The same in whole 256ths, summing to 256 exactly. */
    final int[] weights256;

    /** Whether target pixel t is the mean of source pixels 2t and 2t + 1. */
    final boolean halves;

    private Axis(int targets, int taps, boolean halves) {
        this.halves = halves;
        this.taps = taps;
        this.first = new int[targets];
        this.weights = new float[targets * taps];
        this.weights256 = new int[targets * taps];
    }

    /**
     * Plans an axis.
     *
     * @param sources pixels there are, at least 1
     * @param targets pixels wanted
     * @param scale target pixels per source pixel
     */
    static Axis of(int sources, int targets, double scale) {
        Axis axis = scale >= 0.5 ? linear(sources, targets, scale) : area(sources, targets, scale);
        for (int t = 0; t < targets; t++) {
            axis.round(t);
        }
        return axis;
    }

    private static Axis linear(int sources, int targets, double scale) {
        boolean halves = scale == 0.5 && sources == 2 * targets;
        Axis axis = new Axis(targets, Math.min(2, sources), halves);
        for (int t = 0; t < targets; t++) {
            double at = Math.clamp((t + 0.5) / scale - 0.5, 0, sources - 1);
            int first = Math.min((int) at, Math.max(0, sources - 2));
            float second = (float) (at - first);
            axis.first[t] = first;
            axis.weights[t * axis.taps] = 1 - second;
            if (axis.taps == 2) {
                axis.weights[t * 2 + 1] = second;
            }
        }
        return axis;
    }

    private static Axis area(int sources, int targets, double scale) {
        int taps = Math.min(sources, (int) Math.ceil(1 / scale) + 1);
        Axis axis = new Axis(targets, taps, false);
        for (int t = 0; t < targets; t++) {
            double from = Math.min(t / scale, sources - 1e-3);
            double to = Math.clamp((t + 1) / scale, from + 1e-3, sources);
            int first = Math.min((int) from, sources - taps);
            axis.first[t] = first;
            for (int k = 0; k < taps; k++) {
                double covered = Math.min(to, first + k + 1.0) - Math.max(from, first + k);
                axis.weights[t * taps + k] = (float) (Math.max(0, covered) / (to - from));
            }
        }
        return axis;
    }

    /** Rounds running sums, so that the whole weights lose nothing. */
    private void round(int t) {
        double sum = 0;
        int given = 0;
        for (int i = t * taps; i < (t + 1) * taps; i++) {
            sum += weights[i];
            weights256[i] = Math.max(0, (int) Math.round(256 * sum) - given);
            given += weights256[i];
        }
    }
}
