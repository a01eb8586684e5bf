package io.facet.hub.metrics;

import io.facet.hub.cameras.CameraView;
import io.facet.hub.cameras.Funnel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What became of each camera's frames and faces, as its box counted since it took the camera up: a
 * box that starts again begins at nought, which Prometheus takes for a counter's reset. One thread
 * at a time.
 */
final class CameraMeters {
    /** Cameras with series of their own. */
    static final int MOST_CAMERAS = 500;

    private final MultiGauge frames;
    private final MultiGauge faces;
    private final MultiGauge failures;

    CameraMeters(MeterRegistry registry) {
        frames = gauges(registry, "facet.camera.frames", "frames by what became of them");
        faces = gauges(registry, "facet.camera.faces", "faces by how far they came");
        failures =
                gauges(
                        registry,
                        "facet.camera.quality.failures",
                        "looks at faces that were too poor, by quality key");
    }

    private static MultiGauge gauges(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name)
                .description(description + ", since the box took the camera up")
                .register(registry);
    }

    void refresh(List<CameraView> cameras) {
        List<Row<?>> ofFrames = new ArrayList<>();
        List<Row<?>> ofFaces = new ArrayList<>();
        List<Row<?>> ofFailures = new ArrayList<>();
        for (CameraView camera : cameras.subList(0, Math.min(MOST_CAMERAS, cameras.size()))) {
            camera.state()
                    .funnel()
                    .ifPresent(counted -> {
                        Tags tags = Tags.of("camera_id", camera.camera().id().toString());
                        add(ofFrames, tags, "outcome", frames(counted));
                        add(ofFaces, tags, "stage", faces(counted));
                        add(ofFaces, tags, "stage", counted.ignoredFaces());
                        add(ofFailures, tags, "component", counted.qualityFailures());
                    });
        }
        frames.register(ofFrames, true);
        faces.register(ofFaces, true);
        failures.register(ofFailures, true);
    }

    private static void add(List<Row<?>> rows, Tags tags, String key, Map<String, Long> counts) {
        counts.forEach((name, count) -> rows.add(Row.of(tags.and(key, name), count)));
    }

    private static Map<String, Long> frames(Funnel counted) {
        return Map.of(
                "read", counted.framesRead(),
                "shed", counted.framesShed(),
                "off_schedule", counted.framesOffSchedule(),
                "still", counted.framesStill(),
                "analysed", counted.framesAnalysed(),
                "broken", counted.framesBroken());
    }

    private static Map<String, Long> faces(Funnel counted) {
        return Map.of(
                "detected", counted.detections(),
                "tracked", counted.tracks(),
                "looked_at", counted.looks(),
                "spoof", counted.livenessFailures(),
                "known", counted.known(),
                "unknown", counted.unknown(),
                "ambiguous", counted.ambiguous(),
                "recognised", counted.recognised());
    }
}
