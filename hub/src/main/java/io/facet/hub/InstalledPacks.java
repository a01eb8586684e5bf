package io.facet.hub;

import io.facet.config.FacetConfig;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.models.PackSource;
import io.facet.vision.catalog.PackFolder;
import io.facet.vision.catalog.PackResolver;
import io.facet.vision.catalog.Resolution;
import io.facet.vision.catalog.ResolvedPack;
import io.facet.vision.pipeline.PackVision;
import io.facet.vision.pipeline.SelfTest;
import io.facet.vision.pipeline.Vision;
import io.facet.vision.pipeline.VisionFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The model packs of this installation, fetched when they are asked for, and the one in use.
 *
 * @param vision of the one in use
 */
record InstalledPacks(PackResolver resolver, FacetConfig config, String present, Vision vision)
        implements PackSource {
    /**
     * Loads the pack to start with.
     *
     * @param name of a pack, or {@code auto}
     */
    static InstalledPacks of(PackResolver resolver, FacetConfig config, String name) {
        Resolution resolution = resolver.resolve(name);
        if (resolution instanceof Resolution.Resolved resolved) {
            // For people too, who wonder why names come less surely than yesterday.
            resolved.notes().forEach(note -> System.err.println("facet: " + note));
            System.err.println("facet: the models are of pack " + resolved.pack().pack().name());
        }
        ResolvedPack pack = resolution.orThrow();
        return new InstalledPacks(
                resolver, config, pack.pack().name(), VisionFactory.open(config, pack));
    }

    @Override
    public Vision open(String pack) {
        PackVision vision = VisionFactory.open(config, resolver.resolve(pack).orThrow());
        Optional<String> flaw = SelfTest.quick(vision, Optional.empty()).flaw();
        if (flaw.isPresent()) {
            vision.close();
            throw new FacetException(
                    ErrorCode.MODEL_CORRUPT,
                    "pack " + pack + " does not give its known answers: " + flaw.get());
        }
        return vision;
    }

    @Override
    public Copied copy(String pack, Path folder) throws IOException {
        ResolvedPack resolved = resolver.resolve(pack).orThrow();
        PackFolder.write(resolved, folder);
        return new Copied(resolved.pack().name(), resolved.space());
    }
}
