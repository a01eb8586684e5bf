package io.facet.bench;

import io.facet.config.FacetConfig;
import io.facet.vision.catalog.ModelPacks;
import io.facet.vision.catalog.ResolvedPack;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The models a bench runs with. Stateless. */
final class BenchPack {
    private BenchPack() {}

    /**
     * Resolves a pack as the agent and the hub do.
     *
     * @param home of the installation
     * @param progress told of what is fetched
     * @throws io.facet.error.FacetException with what to do when it cannot be had
     */
    static ResolvedPack resolve(
            FacetConfig config, Path home, String pack, Consumer<String> progress) {
        return ModelPacks.resolver(
                        ModelPacks.options(config.models(), home, System.getenv(), progress))
                .resolve(pack)
                .orThrow();
    }
}
