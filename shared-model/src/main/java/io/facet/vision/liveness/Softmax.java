package io.facet.vision.liveness;

/** Logits to probabilities. */
public final class Softmax {
    private Softmax() {}

    /** Non-negative values that sum to 1, in the order of the logits. */
    public static float[] of(float[] logits) {
        float most = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            most = Math.max(most, logit);
        }
        double sum = 0;
        double[] e = new double[logits.length];
        for (int i = 0; i < e.length; i++) {
            e[i] = Math.exp(logits[i] - most);
            sum += e[i];
        }
        float[] result = new float[e.length];
        for (int i = 0; i < e.length; i++) {
            result[i] = (float) (e[i] / sum);
        }
        return result;
    }
}
