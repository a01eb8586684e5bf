package io.facet.eval;

import io.facet.model.Embedding;
import io.facet.vision.embed.Calibration;
import io.facet.vision.embed.Calibration.Knot;
import java.util.ArrayList;
import java.util.List;

/**
 * Fits the map from cosine to confidence from pictures of known people.
 *
 * <p>Every two pictures of different people are an impostor pair and every two of one person a
 * matched pair, so that a thousand pictures give half a million of the former. Of each person only
 * the first two pictures count, or the celebrities would decide.
 *
 * <p>The scale: up to 0.7 each tenth is a FAR ten times smaller (0.4 at 10 %, 0.5 at 1 %, 0.6 at
 * 0.1 %, 0.7 at 0.01 %), 0.2 lies at the impostors' median and 0.9 at the matched pairs'. Between
 * the knots it is linear. A knot that would not ascend, because two of these cosines meet, is left
 * out; that of 0.6 never is.
 */
public final class CalibrationFit {
    /** The seed's threshold. */
    public static final float DEFAULT_THRESHOLD = 0.6f;

    /** Pictures of a person that count. */
    public static final int PER_PERSON = 2;

    private static final float LEAST_STEP = 1e-4f;

    private CalibrationFit() {}

    /**
     * What was fitted, and from how much.
     *
     * @param impostorPairs pairs of different people
     * @param genuinePairs pairs of one person
     */
    public record Fit(Calibration calibration, int impostorPairs, int genuinePairs) {}

    /**
     * Fits to people's embeddings.
     *
     * @param people a list of embeddings per person, all of one space
     * @throws IllegalArgumentException with fewer than 10,000 impostor pairs, too few to tell 0.1 %
     *     and 0.01 % from each other
     */
    public static Fit of(List<List<Embedding>> people) {
        List<List<Embedding>> few =
                people.stream().map(p -> p.subList(0, Math.min(PER_PERSON, p.size()))).toList();
        Scores scores = new Scores();
        for (int a = 0; a < few.size(); a++) {
            scores.matched(few.get(a));
            for (int b = a + 1; b < few.size(); b++) {
                scores.mismatched(few.get(a), few.get(b));
            }
        }
        if (scores.impostors.size < 10_000) {
            throw new IllegalArgumentException(
                    "a calibration needs at least 10000 impostor pairs, not "
                            + scores.impostors.size);
        }
        Verification pairs = new Verification(scores.genuine.toArray(), scores.impostors.toArray());
        return new Fit(new Calibration(knots(pairs)), scores.impostors.size, scores.genuine.size);
    }

    /** The knots, ascending; exposed for tests of the scale. */
    static List<Knot> knots(Verification pairs) {
        Knot middle = knot(pairs.thresholdAtFar(0.001), DEFAULT_THRESHOLD);
        List<Knot> wanted =
                List.of(
                        knot(pairs.thresholdAtFar(0.5), 0.2f),
                        knot(pairs.thresholdAtFar(0.1), 0.4f),
                        knot(pairs.thresholdAtFar(0.01), 0.5f),
                        middle,
                        knot(pairs.thresholdAtFar(0.0001), 0.7f),
                        knot(pairs.genuineQuantile(0.5), 0.9f));
        List<Knot> knots = new ArrayList<>(List.of(new Knot(-1, 0)));
        for (Knot knot : wanted) {
            boolean ascends = knot.cosine() > knots.getLast().cosine() + LEAST_STEP;
            boolean room =
                    knot.confidence() < DEFAULT_THRESHOLD
                            ? knot.cosine() < middle.cosine() - LEAST_STEP
                            : knot.cosine() < 1 - LEAST_STEP;
            if (ascends && room) {
                knots.add(knot);
            }
        }
        knots.add(new Knot(1, 1));
        return knots;
    }

    private static Knot knot(double cosine, float confidence) {
        // Four decimals, upwards: rounding must not let more impostors in.
        return new Knot((float) (Math.ceil(cosine * 1e4) / 1e4), confidence);
    }

    /** Cosines of pairs of both kinds. */
    private static final class Scores {
        private final Growing genuine = new Growing();
        private final Growing impostors = new Growing();

        void matched(List<Embedding> person) {
            for (int i = 0; i < person.size(); i++) {
                for (int j = i + 1; j < person.size(); j++) {
                    genuine.add(person.get(i).similarity(person.get(j)));
                }
            }
        }

        void mismatched(List<Embedding> one, List<Embedding> other) {
            for (Embedding a : one) {
                for (Embedding b : other) {
                    impostors.add(a.similarity(b));
                }
            }
        }
    }

    /** A growing array of numbers. */
    private static final class Growing {
        private double[] values = new double[1 << 12];
        private int size;

        void add(double value) {
            if (size == values.length) {
                values = java.util.Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        double[] toArray() {
            return java.util.Arrays.copyOf(values, size);
        }
    }
}
