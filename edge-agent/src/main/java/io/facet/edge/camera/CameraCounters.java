package io.facet.edge.camera;

import io.facet.model.Quality;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** What a camera has counted since it started. Thread-safe. */
public final class CameraCounters {
    private final Instant since;
    final LongAdder framesRead = new LongAdder();
    final LongAdder framesShed = new LongAdder();
    final LongAdder framesOffSchedule = new LongAdder();
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
    private final ConcurrentMap<String, LongAdder> ignoredFaces = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> qualityFailures = new ConcurrentHashMap<>();

    CameraCounters(Instant since) {
        this.since = since;
    }

    void ignoredFace(String reason) {
        ignoredFaces.computeIfAbsent(reason, key -> new LongAdder()).increment();
    }

    void qualityFailure(Quality.Component component) {
        qualityFailures.computeIfAbsent(component.key(), key -> new LongAdder()).increment();
    }

    private static Map<String, Long> sums(Map<String, LongAdder> adders) {
        Map<String, Long> sums = new TreeMap<>();
        adders.forEach((key, count) -> sums.put(key, count.sum()));
        return sums;
    }

    /**
     * The counts of now.
     *
     * @param framesDropped given up for a newer one before anybody asked for them
     */
    Snapshot snapshot(long framesDropped) {
        return new Snapshot(
                since,
                framesRead.sum(),
                framesShed.sum() + framesDropped,
                framesOffSchedule.sum(),
                framesStill.sum(),
                framesAnalysed.sum(),
                framesBroken.sum(),
                reconnects.sum(),
                detections.sum(),
                sums(ignoredFaces),
                tracks.sum(),
                looks.sum(),
                sums(qualityFailures),
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
     * @param since when counting began
     * @param framesRead given by the source
     * @param framesShed never looked at because others or newer ones were
     * @param framesOffSchedule passed over outside the camera's hours
     * @param framesStill passed over because nothing moved
     * @param framesAnalysed searched for faces
     * @param framesBroken given up because a stage failed on them
     * @param ignoredFaces detections that the camera's rules leave out, by reason
     * @param tracks confirmed visits
     * @param looks faces embedded or held back by liveness
     * @param qualityFailures faces too poor, by quality key; one face may fail several
     * @param known looks that matched one person
     * @param recognised visits given a name
     */
    public record Snapshot(
            Instant since,
            long framesRead,
            long framesShed,
            long framesOffSchedule,
            long framesStill,
            long framesAnalysed,
            long framesBroken,
            long reconnects,
            long detections,
            Map<String, Long> ignoredFaces,
            long tracks,
            long looks,
            Map<String, Long> qualityFailures,
            long livenessFailures,
            long known,
            long unknown,
            long ambiguous,
            long recognised,
            long livePictures) {
        /** Of a camera that has not run. */
        public static final Snapshot NONE = new CameraCounters(Instant.EPOCH).snapshot(0);

        public Snapshot {
            ignoredFaces = Map.copyOf(ignoredFaces);
            qualityFailures = Map.copyOf(qualityFailures);
        }
    }
}
