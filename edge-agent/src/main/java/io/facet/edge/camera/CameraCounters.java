package io.facet.edge.camera;

import io.facet.model.Quality;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** What a camera has counted since it started. Thread-safe. */
public final class CameraCounters {
    final LongAdder framesRead = new LongAdder();
    final LongAdder framesStill = new LongAdder();
    final LongAdder framesAnalysed = new LongAdder();
    final LongAdder framesBroken = new LongAdder();
    final LongAdder reconnects = new LongAdder();
    final LongAdder detections = new LongAdder();
    final LongAdder tracks = new LongAdder();
    final LongAdder looks = new LongAdder();
    final LongAdder livenessFailures = new LongAdder();
    final LongAdder known = new LongAdder();
    final LongAdder unknown = new LongAdder();
    final LongAdder ambiguous = new LongAdder();
    final LongAdder recognised = new LongAdder();
    final LongAdder livePictures = new LongAdder();
    private final ConcurrentMap<String, LongAdder> qualityFailures = new ConcurrentHashMap<>();

    void qualityFailure(Quality.Component component) {
        qualityFailures.computeIfAbsent(component.key(), key -> new LongAdder()).increment();
    }

    /** The counts of now. */
    Snapshot snapshot(long framesDropped) {
        Map<String, Long> failures = new TreeMap<>();
        qualityFailures.forEach((key, count) -> failures.put(key, count.sum()));
        return new Snapshot(
                framesRead.sum(),
                framesDropped,
                framesStill.sum(),
                framesAnalysed.sum(),
                framesBroken.sum(),
                reconnects.sum(),
                detections.sum(),
                tracks.sum(),
                looks.sum(),
                failures,
                livenessFailures.sum(),
                known.sum(),
                unknown.sum(),
                ambiguous.sum(),
                recognised.sum(),
                livePictures.sum());
    }

    /**
     * Counts since the camera started.
     *
     * @param framesRead given by the source
     * @param framesDropped never looked at because a newer one came
     * @param framesStill passed over because nothing moved
     * @param framesAnalysed searched for faces
     * @param framesBroken given up because a stage failed on them
     * @param tracks confirmed visits
     * @param looks faces embedded or held back by liveness
     * @param qualityFailures faces too poor, by quality key; one face may fail several
     * @param known looks that matched one person
     * @param recognised visits given a name
     */
    public record Snapshot(
            long framesRead,
            long framesDropped,
            long framesStill,
            long framesAnalysed,
            long framesBroken,
            long reconnects,
            long detections,
            long tracks,
            long looks,
            Map<String, Long> qualityFailures,
            long livenessFailures,
            long known,
            long unknown,
            long ambiguous,
            long recognised,
            long livePictures) {
        public Snapshot {
            qualityFailures = Map.copyOf(qualityFailures);
        }
    }
}
