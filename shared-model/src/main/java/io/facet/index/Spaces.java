package io.facet.index;

import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;

/** Checks of what enters an index. */
final class Spaces {
    private Spaces() {}

    static void require(EmbeddingSpace space, Embedding embedding) {
        if (!space.equals(embedding.space())) {
            throw new IllegalArgumentException(
                    "an embedding of space "
                            + embedding.space().id()
                            + " cannot be compared with those of "
                            + space.id());
        }
    }

    static void requirePositive(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k is at least 1, not " + k);
        }
    }
}
