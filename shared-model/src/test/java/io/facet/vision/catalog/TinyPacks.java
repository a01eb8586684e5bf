package io.facet.vision.catalog;

import io.facet.vision.embed.Calibration;
import io.facet.vision.embed.Calibration.Knot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalog of two packs whose "networks" are short texts, for testing how files are got. */
final class TinyPacks {
    static final byte[] DETECTOR =
            "a detector, as far as files go".getBytes(StandardCharsets.UTF_8);
    static final byte[] EMBEDDER = "an embedder, likewise".getBytes(StandardCharsets.UTF_8);

    private TinyPacks() {}

    /** Pack open from {@code base}, pack starter from {@code starterBase}. */
    static Catalog catalog(String base, String starterBase) {
        return new Catalog(
                List.of(pack("open", "d", "e"), pack("starter", "sd", "se")),
                List.of(
                        detector("d", base), embedder("e", base, false),
                        detector("sd", starterBase), embedder("se", starterBase, false)));
    }

    /** The same with a third pack, insightface, whose embedder's terms must be accepted. */
    static Catalog restricted(String base) {
        return new Catalog(
                List.of(
                        pack("open", "d", "e"),
                        pack("starter", "d", "e"),
                        pack("insightface", "d", "restricted")),
                List.of(
                        detector("d", base),
                        embedder("e", base, false),
                        embedder("restricted", base, true)));
    }

    static ResolveOptions options(Path cache, Optional<Path> mirror, boolean network) {
        return new ResolveOptions(cache, mirror, network, false, _ -> {});
    }

    static Artifact artifact(String name, byte[] content) {
        return new Artifact(name, FileVerifier.sha256(content), content.length);
    }

    private static ModelPack pack(String name, String detector, String embedder) {
        return new ModelPack(
                name,
                name,
                true,
                Map.of(Stage.DETECT, List.of(detector), Stage.EMBED, List.of(embedder)),
                List.of(Stage.DETECT, Stage.EMBED),
                new Calibration(List.of(new Knot(-1, 0), new Knot(1, 1))));
    }

    private static NetworkManifest detector(String id, String base) {
        return network(
                id,
                artifact("detector.onnx", DETECTOR),
                base,
                false,
                new ModelSpec.Yunet(input(), 0.3f));
    }

    private static NetworkManifest embedder(String id, String base, boolean restricted) {
        return network(
                id,
                artifact("embedder.onnx", EMBEDDER),
                base,
                restricted,
                new ModelSpec.Embedder(
                        input(), "output", 16, new Crop.LetterboxedBox(0), "bilinear", "float32"));
    }

    private static NetworkManifest network(
            String id, Artifact artifact, String base, boolean restricted, ModelSpec spec) {
        return new NetworkManifest(
                id,
                id,
                new Licence("MIT", "nobody", "https://example.org", restricted),
                artifact,
                new Origin.Published(new UpstreamFile(artifact, List.of(base + artifact.name()))),
                spec);
    }

    private static InputSpec input() {
        return new InputSpec(
                "input",
                32,
                32,
                32,
                true,
                ColourOrder.BGR,
                List.of(0f, 0f, 0f),
                List.of(1f, 1f, 1f));
    }
}
