package io.facet.hub.live.engineio;

/** What became of packets given to a session. */
public enum SendOutcome {
    /** They will be sent. */
    QUEUED,
    /** The queue is full; none of them was taken. */
    FULL,
    /** The session is closed. */
    CLOSED
}
