package io.facet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A figure over time, for judging whether it rises. One thread's. */
final class Trend {
    private final List<double[]> looks = new ArrayList<>();

    void add(double seconds, double value) {
        looks.add(new double[] {seconds, value});
    }

    /** The last two thirds: caches, pools and compiled code have filled by then. */
    private List<double[]> settled() {
        return looks.subList(looks.size() / 3, looks.size());
    }

    private double first() {
        return looks.getFirst()[1];
    }

    double mean() {
        return settled().stream().mapToDouble(look -> look[1]).average().orElseThrow();
    }

    /**
     * How much the figure rises over the settled time, by the median of the slopes between any two
     * looks (Theil 1950, Sen 1968): what is there for one look does not count, a steady rise does.
     */
    double rise() {
        List<double[]> settled = settled();
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < settled.size(); i++) {
            for (int j = i + 1; j < settled.size(); j++) {
                double[] a = settled.get(i);
                double[] b = settled.get(j);
                slopes.add((b[1] - a[1]) / (b[0] - a[0]));
            }
        }
        slopes.sort(null);
        double time = settled.getLast()[0] - settled.getFirst()[0];
        return slopes.isEmpty() ? 0 : slopes.get(slopes.size() / 2) * time;
    }

    /** For docs/measurements.md. */
    String line(String what) {
        return String.format(
                Locale.ROOT,
                "  %-22s first %.1f MB, mean of the last two thirds %.1f MB, rise over them %.2f MB",
                what,
                first(),
                mean(),
                rise());
    }
}
