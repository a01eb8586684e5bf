package io.facet.edge.camera;

import io.facet.config.FacetConfig;
import io.facet.edge.capture.TestData;
import io.facet.vision.catalog.ModelPacks;
import io.facet.vision.catalog.Resolution;
import io.facet.vision.catalog.ResolveOptions;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.pipeline.PackVision;
import io.facet.vision.pipeline.VisionFactory;
import org.junit.jupiter.api.Assumptions;

/** The real networks, from the cache or the mirror folder; a test that finds none skips. */
public final class RealVision {
    private RealVision() {}

    static PackVision open(FacetConfig config, String pack) {
        return VisionFactory.open(config, resolve(config, pack));
    }

    /** The pack's files, without asking the network. */
    public static ResolvedPack resolve(FacetConfig config, String pack) {
        ResolveOptions usual =
                ModelPacks.options(config.models(), TestData.home(), System.getenv(), line -> {});
        ResolveOptions offline =
                new ResolveOptions(usual.cache(), usual.mirror(), false, false, usual.progress());
        Resolution resolution = ModelPacks.resolver(offline).resolve(pack);
        Assumptions.assumeTrue(
                resolution instanceof Resolution.Resolved,
                "needs the models of pack " + pack + " in the cache or FACET_MODELS_MIRROR");
        return resolution.orThrow();
    }
}
