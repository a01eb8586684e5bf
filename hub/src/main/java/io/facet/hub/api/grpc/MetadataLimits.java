package io.facet.hub.api.grpc;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.util.Map;

/** How much may be kept with a face. Stateless. */
final class MetadataLimits {
    private static final int KEY = 128;
    private static final int VALUE = 4096;

    private MetadataLimits() {}

    static Map<String, String> checked(Map<String, String> metadata) {
        metadata.forEach((key, value) -> {
            if (key.isBlank() || key.length() > KEY || value.length() > VALUE) {
                throw new FacetException(
                        ErrorCode.INVALID_ARGUMENT,
                        "a key of metadata has 1 to "
                                + KEY
                                + " characters, a value at most "
                                + VALUE);
            }
        });
        return metadata;
    }
}
