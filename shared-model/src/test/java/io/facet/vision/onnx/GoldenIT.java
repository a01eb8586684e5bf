package io.facet.vision.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.config.FacetConfig;
import io.facet.model.Embedding;
import io.facet.vision.catalog.ColourOrder;
import io.facet.vision.detect.DetectedFace;
import io.facet.vision.detect.FaceDetector;
import io.facet.vision.detect.PassingDetector;
import io.facet.vision.embed.FaceInImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GoldenIT {
    private static final OnnxRuntime RUNTIME = new OnnxRuntime(FacetConfig.Models.DEFAULT, 2);

    @TempDir Path folder;

    @Test
    void goldenPointsGiveTheGoldenEmbeddingsInOneBatch() throws IOException {
        assertThat(worstCosine(ColourOrder.BGR, 1)).isGreaterThanOrEqualTo(0.999f);
    }

    @Test
    void wrongColourOrderIsCaught() throws IOException {
        assertThat(worstCosine(ColourOrder.RGB, 1)).isLessThan(0.98f);
    }

    private float worstCosine(ColourOrder colour, float scale) throws IOException {
        try (OnnxEmbedder embedder =
                new OnnxEmbedder(
                        RUNTIME, TestModels.embedder(folder, colour, scale), TestModels.SPACE)) {
            List<FaceInImage> faces = new ArrayList<>();
            List<Embedding> expected = new ArrayList<>();
            for (Golden.Picture picture : Golden.pictures(TestModels.SPACE)) {
                for (Golden.Face face : picture.faces()) {
                    faces.add(new FaceInImage(picture.image(), face.face()));
                    expected.add(face.embedding());
                }
            }
            List<Embedding> actual = embedder.embed(faces);
            float worst = 1;
            for (int i = 0; i < actual.size(); i++) {
                worst = Math.min(worst, actual.get(i).similarity(expected.get(i)));
            }
            return worst;
        }
    }

    @Test
    void wholePicturesGiveTheGoldenBoxesAndNearlyTheGoldenEmbeddings() throws IOException {
        try (OnnxEmbedder embedder =
                        new OnnxEmbedder(RUNTIME, TestModels.embedder(folder), TestModels.SPACE);
                YunetDetector yunet =
                        new YunetDetector(
                                RUNTIME,
                                TestModels.yunet(),
                                TestModels.yunet().spec(),
                                FacetConfig.Detection.DEFAULT)) {
            FaceDetector detector = new PassingDetector(yunet, FacetConfig.Detection.DEFAULT);
            for (Golden.Picture picture : Golden.pictures(TestModels.SPACE)) {
                List<DetectedFace> found = detector.detect(picture.image());
                for (Golden.Face golden : picture.faces()) {
                    DetectedFace best =
                            found.stream()
                                    .max((a, b) ->
                                            Float.compare(
                                                    a.box().iou(golden.face().box()),
                                                    b.box().iou(golden.face().box())))
                                    .orElseThrow();
                    float cos =
                            embedder.embed(List.of(new FaceInImage(picture.image(), best)))
                                    .getFirst()
                                    .similarity(golden.embedding());
                    assertThat(best.box().iou(golden.face().box())).isGreaterThanOrEqualTo(0.8f);
                    assertThat(cos).isGreaterThanOrEqualTo(0.93f);
                }
            }
        }
    }
}
