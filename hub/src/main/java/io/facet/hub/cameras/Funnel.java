package io.facet.hub.cameras;

import java.time.Instant;
import java.util.Map;

/**
 * What became of a camera's frames and faces, from capture to name: why there is no face, where
 * there is none. As its box last said.
 *
 * @param since when its box took the camera up and began to count
 * @param framesShed passed over to lighten the load, or because a newer one came
 * @param framesOffSchedule passed over outside the camera's hours
 * @param framesStill nothing moved and nobody was there
 * @param framesAnalysed searched for faces
 * @param framesBroken given up because a stage failed
 * @param ignoredFaces detections that the camera's rules leave out, by reason
 * @param tracks visits
 * @param qualityFailures looks at faces that were too poor, by quality key
 * @param looks faces good enough to be judged
 * @param livenessFailures looks at what was taken for no living face
 * @param known looks that matched one person
 * @param recognised visits given a name
 */
public record Funnel(
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
        Map<String, Long> qualityFailures,
        long looks,
        long livenessFailures,
        long known,
        long unknown,
        long ambiguous,
        long recognised) {
    /** Of a camera whose box has not said anything. */
    public static final Funnel NOTHING =
            new Funnel(
                    Instant.EPOCH, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), 0, Map.of(), 0, 0, 0, 0, 0, 0);

    public Funnel {
        ignoredFaces = Map.copyOf(ignoredFaces);
        qualityFailures = Map.copyOf(qualityFailures);
    }

    /** Frames in which something moved or somebody was followed: those the box wanted to search. */
    public long framesWithMotion() {
        return framesAnalysed + framesShed;
    }
}
