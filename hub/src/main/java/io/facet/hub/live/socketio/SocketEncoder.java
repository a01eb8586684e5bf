package io.facet.hub.live.socketio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.live.engineio.EnginePacket;
import java.util.ArrayList;
import java.util.List;

/**
 * Socket.IO packets to Engine.IO messages: {@code type [attachments -] [namespace ,] [id] [json]},
 * followed by one binary message for each binary node, which the JSON replaces by a placeholder.
 */
public final class SocketEncoder {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SocketEncoder() {}

    /** The messages of a packet, to be sent next to each other. */
    public static List<EnginePacket> encode(SocketPacket packet) {
        List<EnginePacket> attachments = new ArrayList<>();
        JsonNode data = withoutBytes(packet.data(), attachments);
        StringBuilder text = new StringBuilder();
        text.append(packet.type().code(!attachments.isEmpty()));
        if (!attachments.isEmpty()) {
            text.append(attachments.size()).append('-');
        }
        if (!packet.namespace().equals(SocketPacket.MAIN)) {
            text.append(packet.namespace()).append(',');
        }
        packet.id().ifPresent(text::append);
        if (!data.isMissingNode()) {
            text.append(write(data));
        }
        List<EnginePacket> messages = new ArrayList<>(attachments.size() + 1);
        messages.add(EnginePacket.message(text.toString()));
        messages.addAll(attachments);
        return messages;
    }

    private static JsonNode withoutBytes(JsonNode node, List<EnginePacket> attachments) {
        return switch (node) {
            case BinaryNode bytes -> {
                ObjectNode placeholder = JSON.createObjectNode();
                placeholder.put("_placeholder", true);
                placeholder.put("num", attachments.size());
                attachments.add(new EnginePacket.Binary(bytes.binaryValue()));
                yield placeholder;
            }
            case ArrayNode array -> {
                ArrayNode copy = JSON.createArrayNode();
                array.forEach(child -> copy.add(withoutBytes(child, attachments)));
                yield copy;
            }
            case ObjectNode object -> {
                ObjectNode copy = JSON.createObjectNode();
                object.properties()
                        .forEach(entry ->
                                copy.set(
                                        entry.getKey(),
                                        withoutBytes(entry.getValue(), attachments)));
                yield copy;
            }
            default -> node;
        };
    }

    private static String write(JsonNode data) {
        try {
            return JSON.writeValueAsString(data);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("a JSON tree that cannot be written", impossible);
        }
    }
}
