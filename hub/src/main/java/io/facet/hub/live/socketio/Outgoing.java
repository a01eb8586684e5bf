package io.facet.hub.live.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.facet.hub.live.engineio.EnginePacket;
import java.util.List;
import java.util.OptionalLong;

/** An event encoded once, to be sent to many sockets of one namespace. */
public record Outgoing(String namespace, List<EnginePacket> messages) {
    public Outgoing {
        messages = List.copyOf(messages);
    }

    /** An event that wants no acknowledgement. */
    public static Outgoing event(String namespace, String event, JsonNode... arguments) {
        return event(namespace, OptionalLong.empty(), event, arguments);
    }

    static Outgoing event(String namespace, OptionalLong id, String event, JsonNode... arguments) {
        ArrayNode data = JsonNodeFactory.instance.arrayNode();
        data.add(event);
        data.addAll(List.of(arguments));
        return of(new SocketPacket(SocketPacketType.EVENT, namespace, id, data));
    }

    static Outgoing of(SocketPacket packet) {
        return new Outgoing(packet.namespace(), SocketEncoder.encode(packet));
    }
}
