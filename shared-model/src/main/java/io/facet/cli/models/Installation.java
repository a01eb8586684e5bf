package io.facet.cli.models;

import io.facet.config.ConfigLoader;
import io.facet.config.FacetConfig;
import io.facet.config.Places;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.vision.catalog.Catalog;
import io.facet.vision.catalog.ModelPack;
import io.facet.vision.catalog.ModelPacks;
import io.facet.vision.catalog.ResolveOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The installation a verb works on; a picocli {@code @Mixin}. */
final class Installation {
    @Option(names = "--config", paramLabel = "FILE", description = "configuration; config.json")
    private @Nullable Path configFile;

    private final Places places = Places.find(System.getenv(), Path.of(""));
    private final Catalog catalog = ModelPacks.catalog();

    Catalog catalog() {
        return catalog;
    }

    Path configFile() {
        return configFile == null ? places.home().resolve("config.json") : configFile;
    }

    FacetConfig config() {
        // A file that was named has to be there; the usual one may be missing.
        boolean read = configFile != null || Files.exists(configFile());
        return ConfigLoader.load(
                read ? Optional.of(configFile()) : Optional.empty(), places.environment());
    }

    ResolveOptions options(Consumer<String> progress) {
        return ModelPacks.options(config().models(), places.home(), places.environment(), progress);
    }

    ModelPack pack(String name) {
        return catalog.pack(name)
                .orElseThrow(() ->
                        new FacetException(
                                ErrorCode.NOT_FOUND,
                                "there is no model pack '" + name + "'; there are " + names()));
    }

    String names() {
        return catalog.packs().stream().map(ModelPack::name).collect(Collectors.joining(", "));
    }
}
