package io.facet.hub.live.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.BitSet;
import java.util.List;

/**
 * Puts attachments where their placeholders are, each once: a packet must not weigh more in memory
 * or in its echo than what came over the wire. For one packet; not thread-safe.
 */
final class Placeholders {
    private final List<byte[]> attachments;
    private final BitSet used = new BitSet();

    private Placeholders(List<byte[]> attachments) {
        this.attachments = attachments;
    }

    static JsonNode fill(JsonNode data, List<byte[]> attachments) {
        return new Placeholders(attachments).fill(data);
    }

    private JsonNode fill(JsonNode node) {
        return switch (node) {
            case ObjectNode object when object.path("_placeholder").asBoolean(false) ->
                    BinaryNode.valueOf(attachment(object.path("num")));
            case ObjectNode object -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(e -> copy.set(e.getKey(), fill(e.getValue())));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(child -> copy.add(fill(child)));
                yield copy;
            }
            default -> node;
        };
    }

    private byte[] attachment(JsonNode number) {
        if (!number.isInt() || number.intValue() < 0 || number.intValue() >= attachments.size()) {
            throw SocketDecoder.malformed("a placeholder of no attachment");
        }
        if (used.get(number.intValue())) {
            throw SocketDecoder.malformed("an attachment in two places");
        }
        used.set(number.intValue());
        return attachments.get(number.intValue());
    }
}
