package io.facet.hub.metrics;

import io.facet.vision.pipeline.StageObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The stages of the hub's own pipeline. Thread-safe. */
final class VisionMeters implements StageObserver {
    private final Map<Stage, Timer> times = new EnumMap<>(Stage.class);
    private final DistributionSummary batches;
    private final Counter attacks;

    VisionMeters(MeterRegistry registry) {
        for (Stage stage : Stage.values()) {
            times.put(
                    stage,
                    Buckets.timer("facet.inference", "runs of a vision stage", Buckets.WORK)
                            .tag("stage", stage.wireName())
                            .register(registry));
        }
        batches =
                Buckets.counts("facet.inference.batch.faces", "faces embedded by one network call")
                        .register(registry);
        attacks =
                Counter.builder("facet.presentation.attacks")
                        .description("faces the hub's own liveness check took for attacks")
                        .register(registry);
    }

    @Override
    public void ran(Stage stage, int items, Duration took) {
        Timer timer = times.get(stage);
        if (timer != null) {
            timer.record(took);
        }
        if (stage == Stage.EMBED) {
            batches.record(items);
        }
    }

    @Override
    public void attackSeen() {
        attacks.increment();
    }
}
