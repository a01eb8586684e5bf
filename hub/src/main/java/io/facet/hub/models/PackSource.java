package io.facet.hub.models;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.vision.pipeline.Vision;

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

    /** Where there is no other than the one in use. */
    static PackSource only(String present) {
        return new PackSource() {
            @Override
            public String present() {
                return present;
            }

            @Override
            public Vision open(String pack) {
                throw new FacetException(
                        ErrorCode.NOT_FOUND, "this hub was started without other model packs");
            }
        };
    }
}
