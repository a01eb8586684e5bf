package io.facet.vision.onnx;

import io.facet.model.EmbeddingSpace;
import io.facet.model.Point;
import io.facet.vision.catalog.ColourOrder;
import io.facet.vision.catalog.Crop;
import io.facet.vision.catalog.InputSpec;
import io.facet.vision.catalog.ModelSpec;
import io.facet.vision.catalog.ResolvedModel;
import io.facet.vision.catalog.TestFolders;
import io.facet.vision.catalog.openvino.OpenVinoConverter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Networks of the open pack as they lie in the mirror, without a catalog between. */
public final class TestModels {
    public static final EmbeddingSpace SPACE = new EmbeddingSpace("0".repeat(16), 256);

    private TestModels() {}

    static ResolvedModel<ModelSpec.Yunet> yunet() {
        return new ResolvedModel<>(
                "yunet",
                TestFolders.models().resolve("yunet_n_dynamic.onnx"),
                "",
                new ModelSpec.Yunet(input(640, 32, ColourOrder.BGR, 1), 0.3f));
    }

    static ResolvedModel<ModelSpec.Yunet> fixedYunet() {
        return new ResolvedModel<>(
                "yunet-2023mar",
                TestFolders.models().resolve("face_detection_yunet_2023mar.onnx"),
                "",
                new ModelSpec.Yunet(input(640, 0, ColourOrder.BGR, 1), 0.3f));
    }

    static ResolvedModel<ModelSpec.Embedder> embedder(Path folder) throws IOException {
        return embedder(folder, ColourOrder.BGR, 1);
    }

    static ResolvedModel<ModelSpec.Embedder> embedder(Path folder, ColourOrder colour, float scale)
            throws IOException {
        Path mirror = TestFolders.models();
        String name = "face-reidentification-retail-0095";
        Path onnx = folder.resolve(name + ".onnx");
        if (!Files.exists(onnx)) {
            Files.write(
                    onnx,
                    OpenVinoConverter.convert(
                            mirror.resolve(name + ".xml"), mirror.resolve(name + ".bin")));
        }
        return new ResolvedModel<>(
                name,
                onnx,
                "",
                new ModelSpec.Embedder(
                        input(128, 0, colour, scale),
                        "output",
                        256,
                        new Crop.FivePoints(
                                List.of(
                                        at(0.31556875f, 0.4615741f),
                                        at(0.6826229f, 0.4615741f),
                                        at(0.5002625f, 0.6405054f),
                                        at(0.3494719f, 0.8246920f),
                                        at(0.6534365f, 0.8246920f))),
                        "bilinear",
                        "float32"));
    }

    private static Point at(float x, float y) {
        return new Point(128 * x, 128 * y);
    }

    private static InputSpec input(int side, int multiple, ColourOrder colour, float scale) {
        return new InputSpec(
                "input",
                side,
                side,
                multiple,
                true,
                colour,
                List.of(0f, 0f, 0f),
                List.of(scale, scale, scale));
    }
}
