package io.facet.vision.catalog;

import io.facet.config.FacetConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The way in: resolvers over the manifests that Facet ships. Stateless. */
public final class ModelPacks {
    private static final String MIRROR = "FACET_MODELS_MIRROR";

    private ModelPacks() {}

    /** A resolver; reads the manifests, no file is looked for yet. */
    public static PackResolver resolver(ResolveOptions options) {
        return new CatalogResolver(CatalogReader.read(), options);
    }

    /** The manifests that Facet ships. */
    public static Catalog catalog() {
        return CatalogReader.read();
    }

    /**
     * Options as configuration and environment have them: cache in {@code models.cache_dir}, else
     * in the user's cache folder; mirror in {@code FACET_MODELS_MIRROR}, else {@code
     * ../shared/models} beside the installation where it exists.
     *
     * @param home the installation's folder
     * @param environment all variables
     */
    public static ResolveOptions options(
            FacetConfig.Models models,
            Path home,
            Map<String, String> environment,
            Consumer<String> progress) {
        Path cache = models.cacheDir().isEmpty() ? cache(environment) : Path.of(models.cacheDir());
        return new ResolveOptions(
                cache.toAbsolutePath(),
                mirror(home, environment),
                true,
                models.acceptLicense(),
                progress);
    }

    private static Path cache(Map<String, String> environment) {
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path base =
                xdg.isEmpty()
                        ? Path.of(environment.getOrDefault("HOME", "."), ".cache")
                        : Path.of(xdg);
        return base.resolve("facet").resolve("models");
    }

    private static Optional<Path> mirror(Path home, Map<String, String> environment) {
        String named = environment.getOrDefault(MIRROR, "");
        Path folder =
                named.isEmpty()
                        ? home.toAbsolutePath()
                                .normalize()
                                .resolveSibling("shared")
                                .resolve("models")
                        : Path.of(named);
        return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
    }
}
