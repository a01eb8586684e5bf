package io.facet.vision.embed;

import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import java.util.List;

/** Turns faces into embeddings. Thread-safe. */
public interface FaceEmbedder {
    /** The space of everything this embedder makes. */
    EmbeddingSpace space();

    /** One embedding per face, in order, by as few network calls as the model allows. */
    List<Embedding> embed(List<FaceInImage> faces);
}
