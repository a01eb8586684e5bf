package io.facet.vision.catalog;

import io.facet.model.EmbeddingSpace;
import io.facet.vision.embed.Calibration;
import java.util.List;
import java.util.Optional;

/**
 * A pack whose required networks are on disk and verified.
 *
 * @param pack the manifest
 * @param liveness the ensemble, complete or empty
 * @param space what the embedder's output means, with this detector
 * @param missing optional stages that cannot run, and why
 */
public record ResolvedPack(
        ModelPack pack,
        ResolvedModel<ModelSpec.Detector> detector,
        ResolvedModel<ModelSpec.Embedder> embedder,
        List<ResolvedModel<ModelSpec.MiniFasNet>> liveness,
        Optional<ResolvedModel<ModelSpec.Landmark68>> landmarks,
        Optional<ResolvedModel<ModelSpec.ExpressionNet>> expression,
        EmbeddingSpace space,
        List<MissingStage> missing) {

    /**
     * An optional stage that answers {@code model_missing}.
     *
     * @param reason one sentence: what was tried and what to do
     */
    public record MissingStage(Stage stage, String reason) {}

    public ResolvedPack {
        liveness = List.copyOf(liveness);
        missing = List.copyOf(missing);
    }

    public Calibration calibration() {
        return pack.calibration();
    }
}
