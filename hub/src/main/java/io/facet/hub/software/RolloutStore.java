package io.facet.hub.software;

import io.facet.model.AgentId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Roll-outs at rest. Thread-safe; several hubs may share it. */
public interface RolloutStore extends SoftwareWishes {
    /**
     * Stores a new one; false while another of its product is open, or when one of its artefacts is
     * gone.
     */
    boolean add(Rollout rollout);

    /** Newest first. */
    List<Rollout> list();

    Optional<Rollout> get(UUID id);

    /** Boxes that it asked, by name. */
    List<Asked> asked(UUID id);

    /** Decides with what a roll-out and its boxes are at that moment. */
    @FunctionalInterface
    interface Deciding {
        Decision decide(Rollout rollout, List<Asked> asked);
    }

    /**
     * Carries out what is decided while nobody else changes that roll-out, in one transaction.
     *
     * @return the boxes that are to run something else now; empty when there is no such roll-out
     */
    List<AgentId> change(UUID id, Instant now, Deciding deciding);
}
