package io.facet.edge.software;

import java.util.Optional;
import java.util.function.LongConsumer;

/** One kind of software, brought step by step to what is wanted. Used by one thread. */
interface Product {
    /** As in artefacts and reports. */
    String name();

    /** What is in use. */
    String version();

    /** What of the wish is its. */
    Optional<Artefact> of(Wanted wanted);

    /** How it stands as far as nothing needs doing; empty when something does. Changes nothing. */
    Optional<Finding> known(Optional<Artefact> wanted);

    /**
     * Does what is to be done next, if anything is; only a download takes long.
     *
     * @param wanted empty: what the box runs by itself
     * @return how it stands afterwards
     * @throws io.facet.error.FacetException what keeps it; it is tried again later
     */
    Finding step(Optional<Artefact> wanted, Progress progress) throws InterruptedException;

    /** How it stands. */
    record Finding(Standing.State state, String reason) {
        static final Finding CURRENT = of(Standing.State.CURRENT);

        static Finding of(Standing.State state) {
            return new Finding(state, "");
        }

        /** Whether the artefact is here as a whole. */
        boolean here() {
            return state != Standing.State.DOWNLOADING && state != Standing.State.REFUSED;
        }
    }

    /** Told how many bytes of an artefact have arrived. */
    interface Progress extends LongConsumer {}

    /**
     * What every kind works with.
     *
     * @param quiet finds the moment to start again
     */
    record Parts(Downloads downloads, Host host, Quiet quiet) {}
}
