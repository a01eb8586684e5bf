package io.facet.hub.live.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Takes events of one name from one client, one at a time and in order. */
@FunctionalInterface
public interface EventListener {
    /**
     * Takes one event.
     *
     * @param arguments JSON; bytes are binary nodes
     */
    void handle(List<JsonNode> arguments, Acknowledgement acknowledgement);
}
