package io.facet.edge.software;

import io.facet.update.Installation;
import java.time.Duration;
import java.util.Optional;

/**
 * What runs the agent, and how it is started again.
 *
 * @param installation the package with its launcher; empty when it was started otherwise
 * @param restart starts the agent again
 * @param timing how long things take
 */
public record Host(Optional<Installation> installation, Restart restart, Timing timing) {
    /** An agent that nothing starts again: what is staged is tried at its next start. */
    public static final Host NONE =
            new Host(
                    Optional.empty(),
                    new Restart() {
                        @Override
                        public boolean again(String why) {
                            return false;
                        }

                        @Override
                        public void hung() {}
                    },
                    Timing.USUAL);

    /** Starts the agent again. */
    public interface Restart {
        /**
         * Asks for an orderly end and a new start; returns at once.
         *
         * @param why for the log
         * @return whether there will be one
         */
        boolean again(String why);

        /** The agent hangs while it starts: ends it at once, where something starts it again. */
        void hung();
    }

    /**
     * How long things take.
     *
     * @param settled a pack on trial must run this long before it is committed
     * @param ready it must be loaded in this time
     * @param calm no face was found for this long: a moment to start again
     */
    public record Timing(Duration settled, Duration ready, Duration calm) {
        /** What the packages' launcher takes for releases. */
        public static final Timing USUAL =
                new Timing(Duration.ofSeconds(60), Duration.ofSeconds(180), Duration.ofSeconds(10));
    }
}
