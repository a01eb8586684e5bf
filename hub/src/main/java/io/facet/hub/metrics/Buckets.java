package io.facet.hub.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;

/** Histograms with few, fixed buckets: each one is a series for every combination of labels. */
final class Buckets {
    /** Of calls that a person or program waits for. */
    static final double[] CALLS = {
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 5, 10,
    };

    /** Of work inside the hub. */
    static final double[] WORK = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5,
    };

    /** Around the promise of one second. */
    static final double[] TIME_TO_NAME = {0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30};

    /** Of things taken together. */
    static final double[] COUNTS = {1, 2, 4, 8, 16, 32, 64, 128, 256};

    private Buckets() {}

    static Timer.Builder timer(String name, String description, double[] seconds) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(
                        Arrays.stream(seconds)
                                .mapToObj(s -> Duration.ofNanos(Math.round(s * 1e9)))
                                .toArray(Duration[]::new));
    }

    static DistributionSummary.Builder counts(String name, String description) {
        return DistributionSummary.builder(name)
                .description(description)
                .serviceLevelObjectives(COUNTS);
    }
}
