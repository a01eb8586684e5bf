package io.facet.hub.people;

import io.facet.model.Embedding;
import io.facet.model.EmbeddingSpace;
import io.facet.model.FaceId;
import io.facet.model.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Templates at rest, one a face and space. Each call is one transaction. Thread-safe. */
public interface TemplateStore {
    /** A template that was stored, whose face it is, and the gallery revision. */
    record Added(PersonId person, long revision) {}

    /** Faces that have no template of this space. */
    long countWithout(EmbeddingSpace space);

    /** Some of them, in the order of their ids. */
    List<FaceId> without(EmbeddingSpace space, Optional<FaceId> after, int limit);

    /** Stores one; empty when the face is gone or has one of that space already. */
    Optional<Added> add(FaceId face, Embedding template);

    /** Notes that a model is put to use, or prepared for it. */
    void used(EmbeddingSpace space, Instant at);

    /** Deletes the templates of all models but the two noted last; how many. */
    long forgetOld();
}
