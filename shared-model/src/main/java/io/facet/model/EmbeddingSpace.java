package io.facet.model;

import java.util.regex.Pattern;

/**
 * Names everything that decides what an embedding means: model, detector, alignment, colour order,
 * scale, resampler, quantiser. Embeddings of two spaces are never compared.
 *
 * @param id lower-case hexadecimal, 16 to 64 digits
 * @param dimension floats of an embedding, 2 to 4096
 */
public record EmbeddingSpace(String id, int dimension) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16,64}");

    public EmbeddingSpace {
        if (!FORM.matcher(id).matches()) {
            throw new IllegalArgumentException("an embedding space is 16 to 64 hexadecimal digits");
        }
        if (dimension < 2 || dimension > 4096) {
            throw new IllegalArgumentException("dimension " + dimension + " is not 2 to 4096");
        }
    }
}
