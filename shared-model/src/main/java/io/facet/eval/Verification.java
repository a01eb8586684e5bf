package io.facet.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Statistics of 1:1 verification over scored pairs; a pair is accepted when its score is at or
 * above the threshold. Pure functions.
 */
public final class Verification {
    private final double[] genuine;
    private final double[] impostors;

    /**
     * Over pooled pairs.
     *
     * @throws IllegalArgumentException without a pair of either kind
     */
    public Verification(List<ScoredPair> pairs) {
        this(scores(pairs, true), scores(pairs, false));
    }

    /** Over scores, in any order; both arrays are sorted in place. */
    public Verification(double[] genuine, double[] impostors) {
        if (genuine.length == 0 || impostors.length == 0) {
            throw new IllegalArgumentException("needs matched and mismatched pairs");
        }
        Arrays.sort(genuine);
        Arrays.sort(impostors);
        this.genuine = genuine;
        this.impostors = impostors;
    }

    /**
     * Cross-validated accuracy, as LFW defines it.
     *
     * @param accuracy mean over the sets
     * @param deviation standard deviation over the sets (population)
     * @param threshold mean of the thresholds used
     */
    public record Accuracy(double accuracy, double deviation, double threshold) {}

    /** A point of the ROC curve. */
    public record RocPoint(double far, double tar) {}

    /**
     * Takes for each set the threshold that does best on all the others, and pools nothing.
     *
     * @param alone the threshold when there is but one set and nothing to learn from
     */
    public static Accuracy crossValidated(List<List<ScoredPair>> sets, double alone) {
        double[] accuracies = new double[sets.size()];
        double[] thresholds = new double[sets.size()];
        for (int i = 0; i < sets.size(); i++) {
            List<ScoredPair> others = new ArrayList<>();
            for (int j = 0; j < sets.size(); j++) {
                if (j != i) {
                    others.addAll(sets.get(j));
                }
            }
            thresholds[i] = others.isEmpty() ? alone : bestThreshold(others);
            accuracies[i] = accuracy(sets.get(i), thresholds[i]);
        }
        double mean = Arrays.stream(accuracies).average().orElseThrow();
        double variance =
                Arrays.stream(accuracies).map(a -> (a - mean) * (a - mean)).average().orElseThrow();
        return new Accuracy(
                mean, Math.sqrt(variance), Arrays.stream(thresholds).average().orElseThrow());
    }

    /** Share of pairs that a threshold judges rightly. */
    static double accuracy(List<ScoredPair> pairs, double threshold) {
        long right = pairs.stream().filter(p -> (p.score() >= threshold) == p.same()).count();
        return (double) right / pairs.size();
    }

    /** The threshold that judges the most pairs rightly, half-way between the scores beside it. */
    static double bestThreshold(List<ScoredPair> pairs) {
        List<ScoredPair> sorted =
                pairs.stream().sorted(Comparator.comparingDouble(ScoredPair::score)).toList();
        // Below everything all are accepted: the matched pairs are right.
        long right = sorted.stream().filter(ScoredPair::same).count();
        long most = right;
        double best = sorted.getFirst().score();
        for (int i = 0; i < sorted.size(); i++) {
            right += sorted.get(i).same() ? -1 : 1;
            boolean cut = i + 1 == sorted.size() || distinct(sorted.get(i), sorted.get(i + 1));
            if (cut && right > most) {
                most = right;
                double above = i + 1 < sorted.size() ? sorted.get(i + 1).score() : 1;
                best = (sorted.get(i).score() + above) / 2;
            }
        }
        return best;
    }

    private static boolean distinct(ScoredPair a, ScoredPair b) {
        return a.score() < b.score();
    }

    /**
     * The lowest threshold at which impostors at or above it / impostors is at most {@code far}; no
     * interpolation.
     */
    public double thresholdAtFar(double far) {
        int allowed = (int) Math.floor(far * impostors.length + 1e-9);
        return allowed >= impostors.length
                ? Double.NEGATIVE_INFINITY
                : Math.nextUp(impostors[impostors.length - 1 - allowed]);
    }

    /** Share of matched pairs accepted at {@link #thresholdAtFar}. */
    public double tarAtFar(double far) {
        return tar(thresholdAtFar(far));
    }

    /** Share of matched pairs at or above a threshold. */
    public double tar(double threshold) {
        return share(genuine, threshold);
    }

    /** Share of mismatched pairs at or above a threshold. */
    public double far(double threshold) {
        return share(impostors, threshold);
    }

    /** Where false accepts and false rejects are equally frequent, or nearest to it: their mean. */
    public double eer() {
        double gap = Double.POSITIVE_INFINITY;
        double eer = 1;
        for (double threshold : impostors) {
            double above = Math.nextUp(threshold);
            double far = far(above);
            double frr = 1 - tar(above);
            if (Math.abs(far - frr) < gap) {
                gap = Math.abs(far - frr);
                eer = (far + frr) / 2;
            }
        }
        return eer;
    }

    /** The curve, from (0, ...) to (1, 1), a point for each number of false accepts. */
    public List<RocPoint> roc() {
        List<RocPoint> points = new ArrayList<>();
        for (int accepted = 0; accepted <= impostors.length; accepted++) {
            double far = (double) accepted / impostors.length;
            points.add(new RocPoint(far, tarAtFar(far)));
        }
        return points;
    }

    /** Matched pairs. */
    public int genuinePairs() {
        return genuine.length;
    }

    /** Mismatched pairs. */
    public int impostorPairs() {
        return impostors.length;
    }

    /** The score that a share of the matched pairs is below. */
    double genuineQuantile(double share) {
        return genuine[(int) Math.min(genuine.length - 1L, (long) (share * genuine.length))];
    }

    private static double share(double[] sorted, double threshold) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < threshold) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return (double) (sorted.length - low) / sorted.length;
    }

    private static double[] scores(List<ScoredPair> pairs, boolean same) {
        return pairs.stream()
                .filter(p -> p.same() == same)
                .mapToDouble(ScoredPair::score)
                .toArray();
    }
}
