package io.facet.vision.catalog;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks at the cache folder without changing it. Stateless. */
public final class CacheInventory {
    private final Catalog catalog;
    private final Path cache;

    CacheInventory(Catalog catalog, Path cache) {
        this.catalog = catalog;
        this.cache = cache;
    }

    /** How a file of the cache stands. */
    public enum State {
        WHOLE,
        DAMAGED,
        MISSING
    }

    /**
     * A network and its file in the cache.
     *
     * @param detail what is wrong, in words; empty when nothing is
     */
    public record Entry(NetworkManifest network, State state, String detail) {}

    /** Every network of a pack; reads and hashes its file. */
    public List<Entry> look(ModelPack pack) {
        return catalog.networks(pack).stream().map(this::look).toList();
    }

    /** Whether the file of a network is there, by name and length; hashes nothing. */
    public boolean holds(NetworkManifest network) {
        try {
            Path file = file(network);
            return Files.isRegularFile(file) && Files.size(file) == network.onnx().bytes();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private Entry look(NetworkManifest network) {
        Path file = file(network);
        try {
            if (!Files.exists(file)) {
                return new Entry(network, State.MISSING, file + " is not there");
            }
            Optional<String> problem = FileVerifier.problem(file, network.onnx());
            return problem.map(p -> new Entry(network, State.DAMAGED, file + " " + p))
                    .orElseGet(() -> new Entry(network, State.WHOLE, ""));
        } catch (IOException unreadable) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "cannot read " + file + "; check who owns the folder",
                    unreadable);
        }
    }

    private Path file(NetworkManifest network) {
        return cache.resolve(network.onnx().cacheName());
    }
}
