package io.facet.hub.api.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON Schema of one value, as small pieces that read like what they describe. Immutable; {@link
 * #json} makes a fresh tree each time.
 */
public sealed interface Schema {
    ObjectNode json();

    /** This or null. */
    default Schema orNull() {
        return new OrNull(this);
    }

    static Schema words(String... words) {
        return new Words(List.of(words));
    }

    static Schema list(Schema of) {
        return new ListOf(of);
    }

    static Schema mapOf(Schema of) {
        return new MapOf(of);
    }

    /** A shape of {@link Shapes} by its name. */
    static Schema ref(String name) {
        return new Ref(name);
    }

    static Fields object() {
        return new Fields(Map.of(), List.of());
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A plain value. */
    record Value(String type, String format) implements Schema {
        @Override
        public ObjectNode json() {
            ObjectNode json = node().put("type", type);
            return format.isEmpty() ? json : json.put("format", format);
        }
    }

    /** 0 to 1. */
    record Share() implements Schema {
        @Override
        public ObjectNode json() {
            return node().put("type", "number").put("minimum", 0).put("maximum", 1);
        }
    }

    /** Any value. */
    record Anything() implements Schema {
        @Override
        public ObjectNode json() {
            return node();
        }
    }

    /** One of these texts. */
    record Words(List<String> words) implements Schema {
        @Override
        public ObjectNode json() {
            ObjectNode json = node().put("type", "string");
            words.forEach(json.putArray("enum")::add);
            return json;
        }
    }

    /** A list. */
    record ListOf(Schema of) implements Schema {
        @Override
        public ObjectNode json() {
            return node().put("type", "array").set("items", of.json());
        }
    }

    /** An object with any keys. */
    record MapOf(Schema of) implements Schema {
        @Override
        public ObjectNode json() {
            return node().put("type", "object").set("additionalProperties", of.json());
        }
    }

    /** A named shape. */
    record Ref(String name) implements Schema {
        @Override
        public ObjectNode json() {
            return node().put("$ref", "#/components/schemas/" + name);
        }
    }

    /** Something or null. */
    record OrNull(Schema of) implements Schema {
        @Override
        public ObjectNode json() {
            ObjectNode json = node();
            ArrayNode either = json.putArray("anyOf");
            either.add(of.json());
            either.add(node().put("type", "null"));
            return json;
        }
    }

    /** An object with these keys and no other. */
    record Fields(Map<String, Schema> fields, List<String> required) implements Schema {
        public Fields {
            fields = new LinkedHashMap<>(fields);
            required = List.copyOf(required);
        }

        /** A key that is always there. */
        public Fields with(String name, Schema of) {
            Fields more = maybe(name, of);
            List<String> names = new ArrayList<>(required);
            names.add(name);
            return new Fields(more.fields, names);
        }

        /** A key that may be missing. */
        public Fields maybe(String name, Schema of) {
            Map<String, Schema> more = new LinkedHashMap<>(fields);
            more.put(name, of);
            return new Fields(more, required);
        }

        /** The same, where each key may be missing. */
        public Fields allMaybe() {
            return new Fields(fields, List.of());
        }

        /** The keys of another object too. */
        public Fields and(Fields other) {
            Map<String, Schema> more = new LinkedHashMap<>(fields);
            more.putAll(other.fields);
            List<String> names = new ArrayList<>(required);
            names.addAll(other.required);
            return new Fields(more, names);
        }

        @Override
        public ObjectNode json() {
            ObjectNode json = node().put("type", "object");
            ObjectNode properties = json.putObject("properties");
            fields.forEach((name, of) -> properties.set(name, of.json()));
            if (!required.isEmpty()) {
                required.forEach(json.putArray("required")::add);
            }
            return json.put("additionalProperties", false);
        }
    }
}
