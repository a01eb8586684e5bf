package io.facet.vision.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.vision.embed.Calibration;
import org.junit.jupiter.api.Test;

final class CatalogReaderTest {
    private final Catalog catalog = CatalogReader.read();

    @Test
    void shipsFourPacksAndMarksTheTwoThatRan() {
        assertThat(catalog.packs())
                .extracting(ModelPack::name)
                .containsExactly("open", "starter", "zoo", "insightface");
        assertThat(catalog.packs())
                .filteredOn(ModelPack::verified)
                .extracting(ModelPack::name)
                .containsExactly("open", "starter");
    }

    @Test
    void onlyInsightfaceHasWeightsToAccept() {
        for (ModelPack pack : catalog.packs()) {
            boolean restricted =
                    pack.stages().keySet().stream()
                            .flatMap(stage -> catalog.networks(pack, stage).stream())
                            .anyMatch(network -> network.licence().acceptanceNeeded());
            assertThat(restricted).as(pack.name()).isEqualTo(pack.name().equals("insightface"));
        }
    }

    @Test
    void everyFilePublishedAsOnnxIsTheFileThatRuns() {
        for (ModelPack pack : catalog.packs()) {
            for (Stage stage : Stage.values()) {
                for (NetworkManifest network : catalog.networks(pack, stage)) {
                    if (network.origin() instanceof Origin.Published published) {
                        assertThat(published.file().artifact()).isEqualTo(network.onnx());
                    }
                }
            }
        }
    }

    @Test
    void everyUpstreamFileHasASource() {
        for (ModelPack pack : catalog.packs()) {
            for (Stage stage : Stage.values()) {
                for (NetworkManifest network : catalog.networks(pack, stage)) {
                    assertThat(network.origin().files())
                            .allSatisfy(file ->
                                    assertThat(file.sources())
                                            .isNotEmpty()
                                            .allMatch(s -> s.matches("(https|npm):.+")));
                }
            }
        }
    }

    @Test
    void theStarterPackFindsItsPointsWithALandmarkNetwork() {
        ModelPack starter = catalog.pack("starter").orElseThrow();

        assertThat(starter.required()).contains(Stage.LANDMARKS);
        assertThat(starter.stages()).doesNotContainKey(Stage.LIVENESS);
    }

    @Test
    void everyCalibrationReachesPointSixInsideItsRange() {
        for (ModelPack pack : catalog.packs()) {
            Calibration calibration = pack.calibration();
            assertThat(calibration.cosine(0.6f)).as(pack.name()).isBetween(0.1f, 0.99f);
        }
    }
}
