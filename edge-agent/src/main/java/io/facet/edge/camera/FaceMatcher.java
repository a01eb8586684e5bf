package io.facet.edge.camera;

import io.facet.match.MatchDecision;
import io.facet.model.Embedding;
import io.facet.model.PersonId;
import java.util.Optional;

/** Who a face is, by this box's copy of the gallery. Thread-safe. */
public interface FaceMatcher {
    /**
     * Decides who a probe is; Unknown while the gallery is empty.
     *
     * @param threshold the confidence that a match needs
     * @throws IllegalArgumentException when the probe is of another embedding space
     */
    MatchDecision match(Embedding probe, float threshold);

    /** What people call a person; empty when the person has left the gallery meanwhile. */
    Optional<String> nameOf(PersonId person);
}
