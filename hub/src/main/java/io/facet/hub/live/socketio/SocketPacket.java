package io.facet.hub.live.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalLong;

/**
 * One packet of Socket.IO 5.
 *
 * @param namespace starts with a slash
 * @param id of an event that wants an acknowledgement, or of the acknowledgement
 * @param data a missing node, or JSON in which bytes are binary nodes
 */
public record SocketPacket(
        SocketPacketType type, String namespace, OptionalLong id, JsonNode data) {
    /** The main namespace. */
    public static final String MAIN = "/";
}
