package io.facet.vision.catalog;

import io.facet.vision.embed.Calibration;
import java.util.List;
import java.util.Map;

/**
 * A manifest of {@code models/packs}: which network serves which stage.
 *
 * @param name such as {@code open}
 * @param title one line for people
 * @param verified whether Facet's own tests ran it and fitted its calibration
 * @param stages ids of networks by stage; liveness may have several
 * @param required stages without which the pack is refused; detect and embed at least
 * @param calibration cosine to confidence in the pack's embedding space
 */
public record ModelPack(
        String name,
        String title,
        boolean verified,
        Map<Stage, List<String>> stages,
        List<Stage> required,
        Calibration calibration) {
    public ModelPack {
        stages = Map.copyOf(stages);
        required = List.copyOf(required);
        for (Stage stage : Stage.values()) {
            if (stage.required() && !required.contains(stage)) {
                throw new IllegalArgumentException(
                        "pack " + name + " must require " + stage.wireName());
            }
        }
        for (Stage stage : required) {
            if (stages.getOrDefault(stage, List.of()).isEmpty()) {
                throw new IllegalArgumentException(
                        "pack " + name + " has no network for " + stage.wireName());
            }
        }
    }
}
