package io.facet.hub.software;

import io.facet.model.AgentId;
import java.util.List;
import java.util.Optional;

/** What is known of artefacts, at rest. Thread-safe. */
public interface ArtefactStore {
    /** Notes one; what was noted of the same content before stays. */
    Artefact add(Artefact artefact);

    /** Newest first. */
    List<Artefact> list();

    Optional<Artefact> get(Sha256 sha256);

    /** Forgets one, unless something uses it. */
    Removal remove(Sha256 sha256);

    /** Whether a box is to have it. */
    boolean isFor(AgentId agent, Sha256 sha256);

    /** Outcomes of a removal. */
    enum Removal {
        REMOVED,
        NOT_THERE,
        /** A roll-out that is not over asks for it, or a box is to run it. */
        IN_USE
    }
}
