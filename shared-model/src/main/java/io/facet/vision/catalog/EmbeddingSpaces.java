package io.facet.vision.catalog;

import io.facet.model.EmbeddingSpace;
import io.facet.model.Point;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Names embedding spaces: SHA-256 over everything that moves an embedding, written out one item a
 * line. Changing the text changes every space, so it carries a version.
 */
final class EmbeddingSpaces {
    private EmbeddingSpaces() {}

    /**
     * The space of an embedder behind a detector.
     *
     * @param points the network that gives the five points, when the detector has none of its own
     */
    static EmbeddingSpace of(
            ResolvedModel<ModelSpec.Embedder> embedder,
            ResolvedModel<ModelSpec.Detector> detector,
            Optional<ResolvedModel<ModelSpec.Landmark68>> points) {
        ModelSpec.Embedder spec = embedder.spec();
        InputSpec input = spec.input();
        String text =
                String.join(
                        "\n",
                        "facet embedding space 1",
                        "model " + embedder.sha256(),
                        "detector " + detector.sha256(),
                        "points "
                                + points.map(p -> p.sha256() + ", leaning heads levelled")
                                        .orElse("detector"),
                        "crop " + describe(spec.crop()),
                        "size " + input.width() + " " + input.height(),
                        "colour " + input.colour().name().toLowerCase(Locale.ROOT),
                        "mean " + input.mean(),
                        "scale " + input.scale(),
                        "resampler " + spec.resampler(),
                        "quantiser " + spec.quantiser());
        String hash = FileVerifier.sha256(text.getBytes(StandardCharsets.UTF_8));
        return new EmbeddingSpace(hash.substring(0, 32), spec.dimension());
    }

    private static String describe(Crop crop) {
        return switch (crop) {
            case Crop.FivePoints(var template) ->
                    template.stream()
                            .map(EmbeddingSpaces::describe)
                            .collect(Collectors.joining(" ", "five_points ", ""));
            case Crop.ScaledBox(float scale) -> "scaled_box " + scale;
            case Crop.LetterboxedBox(float padding) -> "letterboxed_box " + padding;
        };
    }

    private static String describe(Point point) {
        return point.x() + "," + point.y();
    }
}
