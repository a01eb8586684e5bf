package io.facet.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** Values of a configuration as config.json has them. */
final class ConfigValues {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ConfigValues() {}

    static JsonNode node(Object value) {
        return switch (value) {
            case Boolean b -> NODES.booleanNode(b);
            case Integer i -> NODES.numberNode(i);
            case Long l -> NODES.numberNode(l);
            // As it is written: 0.6, not its nearest double.
            case Float f -> NODES.numberNode(Double.parseDouble(f.toString()));
            case Double d -> NODES.numberNode(d);
            case Duration d -> NODES.numberNode(d.toNanos() / 1e9);
            case Secret s -> NODES.textNode(s.reveal());
            case List<?> list -> {
                ArrayNode values = NODES.arrayNode();
                list.forEach(v -> values.add(v.toString()));
                yield values;
            }
            case Record section -> object(section);
            default -> NODES.textNode(value.toString());
        };
    }

    private static ObjectNode object(Record section) {
        ObjectNode object = NODES.objectNode();
        for (ConfigBinder.Key key : ConfigBinder.keys(section.getClass())) {
            object.set(key.name(), node(key.valueOf(section)));
        }
        return object;
    }

    /** The same with secrets masked. */
    static JsonNode shown(Object value) {
        return value instanceof Secret secret ? NODES.textNode(secret.toString()) : node(value);
    }
}
