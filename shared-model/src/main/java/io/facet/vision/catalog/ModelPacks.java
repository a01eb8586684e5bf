package io.facet.vision.catalog;

import io.facet.config.FacetConfig;
import io.facet.config.Places;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** The way in: resolvers over the manifests that Facet ships. Stateless. */
public final class ModelPacks {
    private ModelPacks() {}

    /** A resolver; reads the manifests, no file is looked for yet. */
    public static PackResolver resolver(ResolveOptions options) {
        return new CatalogResolver(CatalogReader.read(), options);
    }

    /** What of the packs is in a cache folder; looks at files, fetches none. */
    public static CacheInventory inventory(Path cache) {
        return new CacheInventory(CatalogReader.read(), cache);
    }

    /** The npm package in the cache; nothing is installed yet. */
    public static NpmPackage npmPackage(ResolveOptions options) {
        return new NpmPackage("npm", options.cache(), options.progress());
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
        Places places = new Places(home, environment);
        Path cache = models.cacheDir().isEmpty() ? cache(environment) : Path.of(models.cacheDir());
        return new ResolveOptions(
                cache.toAbsolutePath(),
                places.modelsMirror(),
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
}
