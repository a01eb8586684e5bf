package io.facet.edge;

import io.facet.config.FacetConfig;
import io.facet.edge.camera.CameraSettings;
import io.facet.error.FacetException;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.pipeline.PackVision;
import io.facet.vision.pipeline.SelfTest;
import io.facet.vision.pipeline.SelfTestReport;
import io.facet.vision.pipeline.VisionFactory;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stages as an agent runs them, and their check at its start. Stateless. */
public final class AgentVision {
    private static final Logger LOG = LoggerFactory.getLogger(AgentVision.class);

    private AgentVision() {}

    /**
     * Loads a pack for cameras, on all cores: the detector gives weak detections too.
     *
     * @param config as it was read
     * @throws FacetException as {@link VisionFactory#open}
     */
    public static PackVision open(FacetConfig config, ResolvedPack pack) {
        return open(config, pack, Runtime.getRuntime().availableProcessors());
    }

    /** The same on a given number of cores. */
    public static PackVision open(FacetConfig config, ResolvedPack pack, int cores) {
        return VisionFactory.open(CameraSettings.withWeakDetections(config), pack, cores);
    }

    /**
     * Why these stages must not name anybody: a known answer that they no longer give. What {@code
     * ./facet doctor} checks, less the many callers at once, which take longer than a start may.
     *
     * @param reference golden pictures, where they are at hand
     */
    public static Optional<String> flaw(PackVision vision, Optional<SelfTest.Reference> reference) {
        long start = System.nanoTime();
        try {
            SelfTestReport report = SelfTest.quick(vision, reference);
            LOG.info(
                    "models checked in {} ms: {} of {} known answers given",
                    (System.nanoTime() - start) / 1_000_000,
                    report.checks().stream().filter(SelfTestReport.Check::ok).count(),
                    report.checks().size());
            if (!report.notPinned().isEmpty()) {
                LOG.warn("not checked, as no answer is known: {}", report.notPinned());
            }
            return report.flaw();
        } catch (FacetException failure) {
            return Optional.of("the models could not be checked: " + failure.reason());
        }
    }
}
