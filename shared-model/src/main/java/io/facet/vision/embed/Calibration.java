package io.facet.vision.embed;

import java.util.List;

/**
 * Cosine to confidence: a monotone, piecewise linear map fitted per embedding space so that 0.60
 * lies at FAR 0.1 % (one impostor pair in a thousand at or above it).
 *
 * @param knots at least two, strictly ascending in cosine and in confidence, beginning at (-1, 0)
 *     and ending at (1, 1)
 */
public record Calibration(List<Knot> knots) {
    /** A point the map goes through: cosine -1 to 1, confidence 0 to 1. */
    public record Knot(float cosine, float confidence) {}

    public Calibration {
        knots = List.copyOf(knots);
        if (knots.size() < 2
                || !knots.getFirst().equals(new Knot(-1, 0))
                || !knots.getLast().equals(new Knot(1, 1))) {
            throw new IllegalArgumentException("a calibration goes from (-1, 0) to (1, 1)");
        }
        for (int i = 1; i < knots.size(); i++) {
            Knot a = knots.get(i - 1);
            Knot b = knots.get(i);
            if (!(b.cosine > a.cosine && b.confidence > a.confidence)) {
                throw new IllegalArgumentException("the knots of a calibration ascend");
            }
        }
    }

    /** Confidence of a cosine, 0 to 1. */
    public float confidence(float cosine) {
        float c = Math.clamp(cosine, -1f, 1f);
        int i = 1;
        while (knots.get(i).cosine < c) {
            i++;
        }
        Knot a = knots.get(i - 1);
        Knot b = knots.get(i);
        return a.confidence
                + (c - a.cosine) / (b.cosine - a.cosine) * (b.confidence - a.confidence);
    }

    /** The cosine at which a confidence is reached; the inverse of {@link #confidence}. */
    public float cosine(float confidence) {
        float p = Math.clamp(confidence, 0f, 1f);
        int i = 1;
        while (knots.get(i).confidence < p) {
            i++;
        }
        Knot a = knots.get(i - 1);
        Knot b = knots.get(i);
        return a.cosine
                + (p - a.confidence) / (b.confidence - a.confidence) * (b.cosine - a.cosine);
    }
}
