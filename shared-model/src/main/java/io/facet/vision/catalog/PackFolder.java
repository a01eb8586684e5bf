package io.facet.vision.catalog;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One pack that stands by itself: its manifests and its ONNX files in a folder, as a hub gives it
 * to its boxes. Whoever opens it needs no catalog, no network and no licence accepted again.
 * Stateless.
 *
 * <pre>
 * catalog.json            the pack and its networks
 * packs/NAME.json
 * networks/ID.json
 * files/                  a cache folder with the networks
 * </pre>
 */
public final class PackFolder {
    private static final String FILES = "files";

    private PackFolder() {}

    /**
     * Writes a pack of the catalog that Facet ships; the same pack makes the same files.
     *
     * @param folder empty
     */
    public static void write(ResolvedPack pack, Path folder) throws IOException {
        List<NetworkManifest> networks = ModelPacks.catalog().networks(pack.pack());
        String name = pack.pack().name();
        List<String> ids = networks.stream().map(NetworkManifest::id).distinct().toList();
        put(folder, "catalog.json", CatalogReader.index(List.of(name), ids));
        copyManifest(folder, CatalogReader.packPath(name));
        for (String id : ids) {
            copyManifest(folder, CatalogReader.networkPath(id));
        }
        Path files = Files.createDirectories(folder.resolve(FILES));
        for (ResolvedModel<?> model : models(pack)) {
            Path to = files.resolve(artifact(networks, model).cacheName());
            if (!Files.exists(to)) {
                Files.copy(model.onnx(), to);
            }
        }
    }

    private static Artifact artifact(List<NetworkManifest> networks, ResolvedModel<?> model) {
        return networks.stream()
                .filter(network -> network.id().equals(model.id()))
                .findFirst()
                .map(NetworkManifest::onnx)
                .orElseThrow(() -> new IllegalArgumentException("no network " + model.id()));
    }

    private static List<ResolvedModel<?>> models(ResolvedPack pack) {
        List<ResolvedModel<?>> models = new ArrayList<>(List.of(pack.detector(), pack.embedder()));
        models.addAll(pack.liveness());
        pack.landmarks().ifPresent(models::add);
        pack.expression().ifPresent(models::add);
        return models;
    }

    private static void copyManifest(Path folder, String path) throws IOException {
        put(folder, path, CatalogReader.bytes(path));
    }

    private static void put(Path folder, String path, byte[] content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, content);
    }

    /**
     * Opens a pack, hashing its files.
     *
     * @throws FacetException {@code MODEL_CORRUPT} when it is no pack, or not whole
     */
    public static ResolvedPack open(Path folder) {
        try {
            Catalog catalog = CatalogReader.read(path -> bytes(folder.resolve(path)));
            String name = catalog.packs().getFirst().name();
            return new CatalogResolver(catalog, asItLies(folder)).resolve(name).orThrow();
        } catch (UncheckedIOException
                | IllegalArgumentException
                | java.util.NoSuchElementException e) {
            throw new FacetException(
                    ErrorCode.MODEL_CORRUPT,
                    folder + " holds no model pack that this version reads",
                    e);
        }
    }

    /** Its licences were accepted where it was made. */
    private static ResolveOptions asItLies(Path folder) {
        return new ResolveOptions(folder.resolve(FILES), Optional.empty(), false, true, _ -> {});
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
