package io.facet.index;

import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import java.util.List;
import java.util.Optional;

/**
 * Faces by nearness of their embeddings, all of one {@link EmbeddingSpace}.
 *
 * <p>Thread-safe: searches run in parallel, writes one at a time; a search sees every write that
 * had returned before it began.
 */
public interface VectorIndex extends AutoCloseable {
    EmbeddingSpace space();

    /**
     * Adds a face, or replaces its embedding.
     *
     * @throws IllegalArgumentException when the embedding is of another space
     */
    void put(FaceId face, Embedding embedding);

    /** Removes a face; false when it was not there. A removed face may be put again. */
    boolean remove(FaceId face);

    /** The embedding of a face; empty when it is not there. */
    Optional<Embedding> get(FaceId face);

    /** Faces held. */
    int size();

    /** The k most similar faces, best first; fewer when the index holds fewer. */
    List<Neighbour> nearest(Embedding probe, int k);

    /** A face and its exact cosine to the probe. */
    record Neighbour(FaceId face, float similarity) {}

    @Override
    void close();
}
