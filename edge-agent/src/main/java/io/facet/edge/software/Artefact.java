package io.facet.edge.software;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.util.regex.Pattern;

/**
 * A signed file that the hub keeps for its boxes.
 *
 * @param sha256 of the file, lower-case hexadecimal; names it everywhere
 * @param size in bytes
 * @param version as the hub says; nothing vouches for it before the file was checked
 */
record Artefact(String sha256, long size, String product, String version) {
    /** No artefact is larger. */
    static final long MOST_BYTES = 2L << 30;

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int MOST_CHARACTERS = 64;

    Artefact {
        if (!HASH.matcher(sha256).matches()
                || size < 1
                || size > MOST_BYTES
                || product.length() > MOST_CHARACTERS
                || version.isEmpty()
                || version.length() > MOST_CHARACTERS) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the hub names software that cannot be; check the versions of hub and agent");
        }
    }
}
