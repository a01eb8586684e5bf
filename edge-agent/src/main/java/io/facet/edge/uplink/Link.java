package io.facet.edge.uplink;

import java.util.Set;

/** A connection to the broker while it lasts. Thread-safe. */
interface Link extends AutoCloseable {
    /** A message on its way. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    record Outgoing(String topic, byte[] payload, Quality quality, boolean retained) {
        @Override
        public String toString() {
            return topic + ", " + payload.length + " bytes";
        }
    }

    /** How hard the broker tries. */
    enum Quality {
        /** QoS 0. */
        AT_MOST_ONCE(0),
        /** QoS 1. */
        AT_LEAST_ONCE(1);

        private final int level;

        Quality(int level) {
            this.level = level;
        }

        int level() {
            return level;
        }
    }

    /** Whether the connection still stands. */
    boolean up();

    /**
     * Hands a message over, waiting while as many as the broker allows are on their way. Never call
     * it from the thread that delivers messages.
     *
     * @return false when the connection ended first
     */
    boolean publish(Outgoing message) throws InterruptedException;

    /** The same, and waits until the broker has it. */
    boolean publishAndWait(Outgoing message) throws InterruptedException;

    /**
     * Subscribes again to what it is subscribed to, which brings retained messages again. Does not
     * wait.
     */
    void subscribeAgain(Set<String> topics);

    /** Says good-bye, so that the will is not published. */
    @Override
    void close();
}
