package io.facet.vision.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.lifecycle.Lifecycle;
import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.vision.catalog.TestFolders;
import io.facet.vision.embed.FaceEmbedder;
import io.facet.vision.embed.FaceInImage;
import io.facet.vision.image.Image;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SelfTestIT {
    @ParameterizedTest
    @ValueSource(strings = {"open", "starter"})
    void everyPackGivesItsPinnedAnswers(String pack) {
        try (PackVision vision = TestVision.open(pack)) {
            SelfTestReport report = SelfTest.run(vision);

            assertThat(report.checks()).allMatch(SelfTestReport.Check::ok);
            assertThat(report.ok()).isTrue();
            assertThat(report.notPinned()).isEmpty();
        }
    }

    @Test
    void theGoldenPicturesOfAnIndependentProgramAgree() {
        SelfTest.Reference reference =
                new SelfTest.Reference(
                        TestFolders.models().resolve("golden.json"), TestFolders.data());
        try (PackVision vision = TestVision.open("open")) {
            SelfTestReport report = SelfTest.run(vision, Optional.of(reference));

            assertThat(report.checks())
                    .extracting(SelfTestReport.Check::name)
                    .contains("golden_points_embedding", "golden_picture_embedding");
            assertThat(report.checks()).allMatch(SelfTestReport.Check::ok);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "starter"})
    void swappedColoursAreCaught(String pack) {
        try (PackVision vision = TestVision.open(pack)) {
            SelfTestReport report = SelfTest.run(with(vision, new Swapped(vision.embedder())));

            assertThat(report.ok()).isFalse();
            assertThat(failed(report)).contains("drawn_face_embedding");
        }
    }

    private static List<String> failed(SelfTestReport report) {
        return report.checks().stream()
                .filter(check -> !check.ok())
                .map(SelfTestReport.Check::name)
                .toList();
    }

    private static PackVision with(PackVision vision, FaceEmbedder embedder) {
        return new PackVision(
                vision.pack(),
                vision.runtime(),
                vision.detector(),
                vision.quality(),
                vision.liveness(),
                embedder,
                vision.expression(),
                vision.landmarks(),
                new StageWatch(),
                new Lifecycle());
    }

    /** Shows its network blue as red, as a wrong colour order in a manifest would. */
    private record Swapped(FaceEmbedder network) implements FaceEmbedder {
        @Override
        public EmbeddingSpace space() {
            return network.space();
        }

        @Override
        public List<Embedding> embed(List<FaceInImage> faces) {
            return network.embed(
                    faces.stream()
                            .map(f -> new FaceInImage(swapped(f.image()), f.face()))
                            .toList());
        }

        private static Image swapped(Image image) {
            byte[] rgb = image.bgr().clone();
            for (int i = 0; i + 2 < rgb.length; i += 3) {
                byte blue = rgb[i];
                rgb[i] = rgb[i + 2];
                rgb[i + 2] = blue;
            }
            return new Image(image.width(), image.height(), rgb);
        }
    }
}
