package io.facet.vision.pipeline;

import io.facet.config.FacetConfig;
import io.facet.config.FacetConfig.Recognition;
import io.facet.vision.catalog.ModelPacks;
import io.facet.vision.catalog.Resolution;
import io.facet.vision.catalog.TestFolders;
import org.junit.jupiter.api.Assumptions;

/** Opens real packs for tests, every stage switched on. */
final class TestVision {
    private TestVision() {}

    static PackVision open(String pack) {
        Resolution resolution =
                ModelPacks.resolver(
                                ModelPacks.options(
                                        FacetConfig.Models.DEFAULT,
                                        TestFolders.home(),
                                        System.getenv(),
                                        line -> {}))
                        .resolve(pack);
        Assumptions.assumeTrue(
                resolution instanceof Resolution.Resolved, "needs the files of pack " + pack);
        return VisionFactory.open(everyStage(), resolution.orThrow(), 2);
    }

    private static FacetConfig everyStage() {
        FacetConfig d = FacetConfig.DEFAULT;
        Recognition r = d.recognition();
        return d.withRecognition(
                new Recognition(
                        r.model(),
                        r.threshold(),
                        r.maxResults(),
                        r.margin(),
                        true,
                        r.livenessThreshold(),
                        true));
    }
}
