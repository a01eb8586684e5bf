package io.facet.edge.outbox;

import io.facet.model.FaceEvent;

/** Turns events into the bytes that travel. Thread-safe. */
@FunctionalInterface
public interface EventEncoder {
    /** The bytes of an event. */
    Encoded encode(FaceEvent event);

    /**
     * An event as bytes. Carries arrays between codec and store; nobody writes to them.
     *
     * @param event what travels; personal data only sealed
     * @param evidence personal data still to be sealed when it is sent, because the hub's key is
     *     not known yet; empty when there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    record Encoded(byte[] event, byte[] evidence) {}
}
