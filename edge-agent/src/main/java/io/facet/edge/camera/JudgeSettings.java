package io.facet.edge.camera;

import io.facet.config.FacetConfig;
import java.time.Duration;

/**
 * How a visit gets its name.
 *
 * @param threshold the calibrated confidence a match needs unless its camera's rules say another
 * @param recognitionInterval between two looks at a face after its first
 * @param minVotes matches of one person before a visit gets that person's name
 * @param livenessThreshold least mean liveness of a visit
 * @param maxGap how long a person may be gone and it is still the same visit
 * @param reportUnknown whether visits of nobody known are reported
 */
public record JudgeSettings(
        float threshold,
        Duration recognitionInterval,
        int minVotes,
        float livenessThreshold,
        Duration maxGap,
        boolean reportUnknown) {

    static JudgeSettings of(FacetConfig config) {
        return new JudgeSettings(
                config.recognition().threshold(),
                config.cameras().recognitionInterval(),
                config.tracking().minVotes(),
                config.recognition().livenessThreshold(),
                config.tracking().maxGap(),
                config.tracking().reportUnknown());
    }
}
