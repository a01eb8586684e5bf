package io.facet.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.facet.eval.Verification.Accuracy;
import io.facet.vision.embed.Calibration;

/**
 * What {@code eval verify} found.
 *
 * @param accuracy mean over the sets, each judged by the threshold that does best on the others
 * @param accuracySd standard deviation over the sets (population)
 * @param threshold mean of those thresholds, on the calibrated scale of 0 to 1
 * @param thresholdSimilarity the same as a cosine
 * @param farAtDefault false accepts at confidence 0.60, the default threshold
 * @param tarAtDefault true accepts at confidence 0.60
 * @param pairs all pairs, matched and mismatched
 */
public record VerificationReport(
        String pack,
        int detectorSize,
        int sets,
        double accuracy,
        double accuracySd,
        @JsonProperty("tar_at_far_0.001") double tarAtFar1000,
        @JsonProperty("tar_at_far_0.01") double tarAtFar100,
        double eer,
        double threshold,
        double thresholdSimilarity,
        @JsonProperty("far_at_0.60") double farAtDefault,
        @JsonProperty("tar_at_0.60") double tarAtDefault,
        int pairs,
        int impostorPairs,
        int images,
        int facesNotFound,
        double imagesPerSecond) {

    /** Puts the numbers of a run together. */
    public static VerificationReport of(
            String pack, int detectorSize, VerificationRun run, Calibration calibration) {
        Verification pooled = new Verification(run.pooled());
        float atDefault = calibration.cosine(CalibrationFit.DEFAULT_THRESHOLD);
        Accuracy accuracy = Verification.crossValidated(run.sets(), atDefault);
        return new VerificationReport(
                pack,
                detectorSize,
                run.sets().size(),
                accuracy.accuracy(),
                accuracy.deviation(),
                pooled.tarAtFar(0.001),
                pooled.tarAtFar(0.01),
                pooled.eer(),
                calibration.confidence((float) accuracy.threshold()),
                accuracy.threshold(),
                pooled.far(atDefault),
                pooled.tar(atDefault),
                pooled.genuinePairs() + pooled.impostorPairs(),
                pooled.impostorPairs(),
                run.pictures(),
                run.facesNotFound(),
                run.pictures() / run.seconds());
    }
}
