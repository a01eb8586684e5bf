package io.facet.hub.live.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Puts attachments where their placeholders are. */
final class Placeholders {
    private Placeholders() {}

    static JsonNode fill(JsonNode node, List<byte[]> attachments) {
        return switch (node) {
            case ObjectNode object when object.path("_placeholder").asBoolean(false) ->
                    BinaryNode.valueOf(attachment(object.path("num"), attachments));
            case ObjectNode object -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                object.properties()
                        .forEach(e -> copy.set(e.getKey(), fill(e.getValue(), attachments)));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(child -> copy.add(fill(child, attachments)));
                yield copy;
            }
            default -> node;
        };
    }

    private static byte[] attachment(JsonNode number, List<byte[]> attachments) {
        if (!number.isInt() || number.intValue() < 0 || number.intValue() >= attachments.size()) {
            throw SocketDecoder.malformed("a placeholder of no attachment");
        }
        return attachments.get(number.intValue());
    }
}
