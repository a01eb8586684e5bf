package io.facet.index;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.EmbeddingSpace;

/** Chooses an index by {@code database.vector_db}. */
public final class VectorIndexes {
    /** From this many faces on a scan takes longer than a graph. */
    public static final long EXACT_LIMIT = 1_000_000;

    private VectorIndexes() {}

    /** Width of the vectors this machine scans with. */
    public static int vectorBits() {
        return Int8Codes.SHORTS.vectorBitSize();
    }

    /**
     * An empty index.
     *
     * @param vectorDb {@code auto}, {@code faiss} (means auto), {@code exact} or {@code hnsw}
     * @param expectedFaces faces it is going to hold, as far as known
     */
    public static VectorIndex create(String vectorDb, EmbeddingSpace space, long expectedFaces) {
        return switch (vectorDb) {
            case "exact" -> new ExactIndex(space);
            case "hnsw" -> new HnswIndex(space);
            case "auto", "faiss" ->
                    expectedFaces < EXACT_LIMIT ? new ExactIndex(space) : new HnswIndex(space);
            default ->
                    throw new FacetException(
                            ErrorCode.INVALID_CONFIGURATION,
                            "database.vector_db is auto, exact, hnsw or faiss, not " + vectorDb);
        };
    }
}
