package io.facet.hub.people;

import io.facet.model.PersonId;
import java.util.Optional;

/** Who was erased, at rest. Thread-safe. */
@FunctionalInterface
public interface ErasureStore {
    /** A person's erasure; empty when they were not, or before revisions were kept. */
    Optional<Erasure> of(PersonId person);
}
