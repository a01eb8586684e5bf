package io.facet.edge.outbox;

import io.facet.model.FaceEvent;
import java.util.function.Function;

/** Where cameras and tracks report what happened. Thread-safe. */
public interface EventSink {
    /**
     * Records an event. When this returns, the event is on disk and outlives the process and the
     * power; an event that cannot be stored (full disk) is counted, reported and given up, so this
     * never throws for it.
     *
     * @param make builds the event around the header it is given; without side effects, as it may
     *     be called again
     * @return whether it is on disk
     */
    boolean record(Moment moment, Function<FaceEvent.Header, FaceEvent> make);
}
