package io.facet.hub.software;

import io.facet.model.SiteScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Roll-outs. Whoever has only some sites has the roll-outs that stay within them. Thread-safe. */
public interface RolloutService {
    /**
     * A roll-out and how many boxes stand how to it.
     *
     * @param devices of every standing that there is a box of
     */
    record View(Rollout rollout, Map<Standing, Long> devices) {
        public View {
            devices = Map.copyOf(devices);
        }
    }

    /**
     * Begins one.
     *
     * @param artefacts of one product and version, at most one an architecture
     * @param by who wants it
     * @throws io.facet.error.FacetException {@code NOT_FOUND} for an artefact there is not, {@code
     *     INVALID_ARGUMENT} when they are not of one kind, {@code CONFLICT} while another of the
     *     product is open, or before the faces have templates of the models
     */
    View start(List<Sha256> artefacts, Plan plan, String by);

    /** Newest first. */
    List<View> list(SiteScope sites);

    Optional<View> get(UUID id, SiteScope sites);

    /** The boxes that it asked or is going to, by name; empty when there is no such roll-out. */
    Optional<List<Member>> members(UUID id, SiteScope sites);

    /**
     * Asks nobody else for now; boxes on their way go on.
     *
     * @throws io.facet.error.FacetException {@code NOT_FOUND}; {@code CONFLICT} unless it runs
     */
    View pause(UUID id, SiteScope sites);

    /**
     * Goes on, also after a halt: failures up to now do not count any more.
     *
     * @throws io.facet.error.FacetException {@code NOT_FOUND}; {@code CONFLICT} unless it is paused
     *     or halted
     */
    View resume(UUID id, SiteScope sites);

    /**
     * Ends it; what boxes run already, they keep.
     *
     * @throws io.facet.error.FacetException {@code NOT_FOUND}; {@code CONFLICT} when it has ended
     */
    View stop(UUID id, SiteScope sites);

    /**
     * Ends it, and has its boxes run the models that they ran before.
     *
     * @throws io.facet.error.FacetException {@code NOT_FOUND}; {@code CONFLICT} for releases, whose
     *     boxes take only what is newer, and when it is done already
     */
    View rollBack(UUID id, SiteScope sites);
}
