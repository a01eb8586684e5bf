package io.facet.eval;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.Liveness;
import io.facet.vision.image.Image;
import io.facet.vision.pipeline.Vision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code eval liveness} found, over single photos (ISO/IEC 30107-3 terms).
 *
 * @param apcer share of the attack pictures taken for live
 * @param bpcer share of the live pictures taken for attacks
 * @param apnrr share of the attack pictures without an answer, for want of a face
 * @param bpnrr share of the live pictures without an answer
 * @param scores by picture, 0 attack to 1 live
 */
public record LivenessReport(
        String pack,
        float threshold,
        int livePictures,
        int attackPictures,
        double apcer,
        double bpcer,
        double apnrr,
        double bpnrr,
        @JsonProperty("scores") Map<String, Float> scores) {

    /**
     * Judges the central face of every picture.
     *
     * @throws FacetException MODEL_UNAVAILABLE when the pack has no liveness network
     */
    public static LivenessReport of(
            String pack, float threshold, Vision vision, Pictures pictures, Path live, Path spoof) {
        List<Path> liveFiles = some(live);
        List<Path> spoofFiles = some(spoof);
        List<Optional<Float>> liveScores = pictures.each(liveFiles, i -> score(vision, i));
        List<Optional<Float>> spoofScores = pictures.each(spoofFiles, i -> score(vision, i));
        Map<String, Float> scores = new TreeMap<>();
        note(scores, "live/", liveFiles, liveScores);
        note(scores, "spoof/", spoofFiles, spoofScores);
        return of(pack, threshold, liveScores, spoofScores, scores);
    }

    static LivenessReport of(
            String pack,
            float threshold,
            List<Optional<Float>> live,
            List<Optional<Float>> spoof,
            Map<String, Float> scores) {
        return new LivenessReport(
                pack,
                threshold,
                live.size(),
                spoof.size(),
                share(spoof, s -> s.isPresent() && s.get() >= threshold),
                share(live, s -> s.isPresent() && s.get() < threshold),
                share(spoof, Optional::isEmpty),
                share(live, Optional::isEmpty),
                scores);
    }

    private static Optional<Float> score(Vision vision, Image image) {
        return CentralFace.of(image, vision.detector().detect(image))
                .map(face ->
                        switch (vision.liveness().check(image, face)) {
                            case Liveness.Performed performed -> performed.score();
                            case Liveness.NotPerformed not -> throw notPerformed(not);
                        });
    }

    private static FacetException notPerformed(Liveness.NotPerformed not) {
        return new FacetException(
                ErrorCode.MODEL_UNAVAILABLE,
                "liveness cannot be judged: "
                        + String.join(", ", not.reasons())
                        + "; take a pack with liveness networks, such as open");
    }

    private static List<Path> some(Path folder) {
        List<Path> files = Pictures.in(folder);
        if (files.isEmpty()) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    folder + " has no pictures (JPEG, PNG, WebP, BMP); clips are not read here");
        }
        return files;
    }

    private static void note(
            Map<String, Float> scores, String prefix, List<Path> files, List<Optional<Float>> of) {
        for (int i = 0; i < files.size(); i++) {
            String name = prefix + files.get(i).getFileName();
            of.get(i).ifPresent(score -> scores.put(name, score));
        }
    }

    private static double share(
            List<Optional<Float>> of, java.util.function.Predicate<Optional<Float>> which) {
        return (double) of.stream().filter(which).count() / of.size();
    }
}
