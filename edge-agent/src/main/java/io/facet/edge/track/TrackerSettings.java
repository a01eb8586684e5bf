package io.facet.edge.track;

import java.time.Duration;

/**
 * How faces are followed.
 *
 * @param highScore detections from here on begin tracks and are matched first; those below only
 *     keep a track alive, as in ByteTrack (Zhang et al. 2022)
 * @param birthHits detections before a track counts
 * @param maxGap how long a face may be out of sight
 */
public record TrackerSettings(float highScore, int birthHits, Duration maxGap) {
    public TrackerSettings {
        if (!(highScore >= 0 && highScore <= 1) || birthHits < 1 || maxGap.isNegative()) {
            throw new IllegalArgumentException(
                    "high_score is 0 to 1, birth_hits 1 and up, max_gap not negative");
        }
    }
}
