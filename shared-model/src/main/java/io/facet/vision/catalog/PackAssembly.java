package io.facet.vision.catalog;

import io.facet.vision.catalog.ResolvedPack.MissingStage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers the networks of a pack one by one. Not thread-safe. */
final class PackAssembly {
    private final ModelPack pack;
    private final List<ResolvedModel<ModelSpec.Detector>> detectors = new ArrayList<>();
    private final List<ResolvedModel<ModelSpec.Embedder>> embedders = new ArrayList<>();
    private final List<ResolvedModel<ModelSpec.MiniFasNet>> liveness = new ArrayList<>();
    private final List<ResolvedModel<ModelSpec.Landmark68>> landmarks = new ArrayList<>();
    private final List<ResolvedModel<ModelSpec.ExpressionNet>> expressions = new ArrayList<>();
    private final List<MissingStage> missing = new ArrayList<>();

    PackAssembly(ModelPack pack) {
        this.pack = pack;
        for (Stage stage : Stage.values()) {
            if (pack.stages().getOrDefault(stage, List.of()).isEmpty()) {
                missing.add(
                        new MissingStage(
                                stage,
                                "pack " + pack.name() + " has no network for " + stage.wireName()));
            }
        }
    }

    void add(NetworkManifest network, Path onnx) {
        switch (network.spec()) {
            case ModelSpec.Detector spec -> detectors.add(resolved(network, onnx, spec));
            case ModelSpec.Embedder spec -> embedders.add(resolved(network, onnx, spec));
            case ModelSpec.MiniFasNet spec -> liveness.add(resolved(network, onnx, spec));
            case ModelSpec.Landmark68 spec -> landmarks.add(resolved(network, onnx, spec));
            case ModelSpec.ExpressionNet spec -> expressions.add(resolved(network, onnx, spec));
        }
    }

    /** Half an ensemble is none: whatever of the stage was added goes. */
    void miss(MissingStage stage) {
        missing.add(stage);
        if (stage.stage() == Stage.LIVENESS) {
            liveness.clear();
        }
    }

    ResolvedPack build() {
        ResolvedModel<ModelSpec.Detector> detector = detectors.getFirst();
        ResolvedModel<ModelSpec.Embedder> embedder = embedders.getFirst();
        Optional<ResolvedModel<ModelSpec.Landmark68>> points = landmarks.stream().findFirst();
        boolean ownPoints = detector.spec() instanceof ModelSpec.Yunet;
        return new ResolvedPack(
                pack,
                detector,
                embedder,
                liveness,
                points,
                expressions.stream().findFirst(),
                EmbeddingSpaces.of(embedder, detector, ownPoints ? Optional.empty() : points),
                missing);
    }

    private static <S extends ModelSpec> ResolvedModel<S> resolved(
            NetworkManifest network, Path onnx, S spec) {
        return new ResolvedModel<>(network.id(), onnx, network.onnx().sha256(), spec);
    }
}
