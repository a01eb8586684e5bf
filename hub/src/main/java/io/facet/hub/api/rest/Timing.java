package io.facet.hub.api.rest;

import java.time.Duration;

/** How long a caller waited for an answer; of one that goes on, for its beginning. One thread. */
final class Timing {
    private final long begun = System.nanoTime();
    private long answered;

    /** The answer begins now; what follows is not waiting. */
    void answered() {
        answered = System.nanoTime();
    }

    Duration waited() {
        return Duration.ofNanos((answered == 0 ? System.nanoTime() : answered) - begun);
    }
}
