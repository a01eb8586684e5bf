package io.facet.hub.search;

import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import io.facet.model.PersonId;

/** Every enrolled template, for building the index. */
public interface TemplateSource {
    /** Visits every template of a space once; holds only a few in memory at a time. */
    void each(EmbeddingSpace space, Visitor visitor);

    /** Takes one template. */
    @FunctionalInterface
    interface Visitor {
        void visit(FaceId face, PersonId person, Embedding template);
    }
}
