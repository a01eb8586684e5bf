package io.facet.hub.models;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.EmbeddingSpace;
import io.facet.vision.pipeline.Vision;
import java.io.IOException;
import java.nio.file.Path;

/** Model packs by name, and which of them the hub was started with. Thread-safe. */
public interface PackSource {
    /** The name of the pack in use. */
    String present();

    /**
     * Loads and checks another one; the caller closes it.
     *
     * @throws FacetException {@code NOT_FOUND}, {@code MODEL_UNAVAILABLE}, {@code MODEL_CORRUPT}
     */
    Vision open(String pack);

    /**
     * A pack in files.
     *
     * @param name its own, where another was asked for
     * @param space of its templates
     */
    record Copied(String name, EmbeddingSpace space) {}

    /**
     * Copies one into an empty folder, as boxes open it.
     *
     * @throws FacetException as {@link #open}
     */
    Copied copy(String pack, Path folder) throws IOException;

    /** Where there is no other than the one in use. */
    static PackSource only(String present) {
        return new PackSource() {
            @Override
            public String present() {
                return present;
            }

            @Override
            public Vision open(String pack) {
                throw none();
            }

            @Override
            public Copied copy(String pack, Path folder) {
                throw none();
            }

            private FacetException none() {
                return new FacetException(
                        ErrorCode.NOT_FOUND, "this hub was started without other model packs");
            }
        };
    }
}
