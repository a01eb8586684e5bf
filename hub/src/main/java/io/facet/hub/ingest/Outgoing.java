package io.facet.hub.ingest;

/** Where messages to boxes go. Thread-safe. */
@FunctionalInterface
interface Outgoing {
    /** False when there is no connection; the message is not kept. */
    boolean publish(String topic, byte[] payload, int qos, boolean retained);
}
