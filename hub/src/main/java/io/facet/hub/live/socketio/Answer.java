package io.facet.hub.live.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What became of an event that asked for an acknowledgement. */
public sealed interface Answer {
    /** The client acknowledged with these values. */
    record Given(List<JsonNode> values) implements Answer {
        public Given {
            values = List.copyOf(values);
        }
    }

    /** Nothing came in time; what comes later is ignored. */
    record Late() implements Answer {}

    /** The client left before it answered. */
    record Gone() implements Answer {}
}
