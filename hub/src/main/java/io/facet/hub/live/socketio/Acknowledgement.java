package io.facet.hub.live.socketio;

import com.fasterxml.jackson.databind.JsonNode;

/** Answers one event. Thread-safe; only the first answer counts. */
public interface Acknowledgement {
    /** Whether the sender waits for an answer; without it {@link #send} does nothing. */
    boolean wanted();

    /** Sends the answer. */
    void send(JsonNode... values);
}
