package io.facet.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/**
 * The JSON Schema (2020-12) of config.json, made from the records so that the two cannot differ.
 */
public final class ConfigSchema {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ConfigSchema() {}

    /** The schema, indented, with a final line break. */
    public static String text() {
        ObjectNode root = NODES.objectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "Facet configuration");
        root.setAll(object(FacetConfig.class, FacetConfig.DEFAULT));
        ((ObjectNode) root.get("properties")).putObject("$schema").put("type", "string");
        try {
            return JsonMapper.builder()
                            .build()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(root)
                    + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ObjectNode object(Class<?> type, Object defaults) {
        ObjectNode schema = NODES.objectNode();
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        for (ConfigBinder.Key key : ConfigBinder.keys(type)) {
            properties.set(key.name(), property(key, key.valueOf(defaults)));
        }
        return schema;
    }

    private static ObjectNode property(ConfigBinder.Key key, Object fallback) {
        if (key.type().isRecord() && key.type() != Secret.class) {
            return object(key.type(), fallback);
        }
        ObjectNode schema = NODES.objectNode();
        Doc doc = key.component().getAnnotation(Doc.class);
        if (doc != null) {
            schema.put("description", doc.value());
        }
        if (key.component().isAnnotationPresent(Live.class)) {
            schema.put("x-live", true);
        }
        if (key.type() == List.class) {
            schema.put("type", "array");
            schema.set("items", words(NODES.objectNode().put("type", "string"), key));
        } else {
            schema.put("type", jsonType(key.type()));
            words(schema, key);
            range(schema, key);
        }
        putDefault(schema, fallback);
        return schema;
    }

    private static ObjectNode words(ObjectNode schema, ConfigBinder.Key key) {
        if (!key.words().isEmpty()) {
            ArrayNode words = schema.putArray("enum");
            key.words().forEach(words::add);
        }
        return schema;
    }

    private static void range(ObjectNode schema, ConfigBinder.Key key) {
        if (!Double.isInfinite(key.max())) {
            schema.put("minimum", key.min());
            schema.put("maximum", key.max());
        }
    }

    private static void putDefault(ObjectNode schema, Object fallback) {
        switch (fallback) {
            case Boolean b -> schema.put("default", b);
            case Integer i -> schema.put("default", i);
            case Long l -> schema.put("default", l);
            case Float f -> schema.put("default", Double.parseDouble(f.toString()));
            case Double d -> schema.put("default", d);
            case Duration d -> schema.put("default", d.toNanos() / 1e9);
            case List<?> list -> {
                ArrayNode values = schema.putArray("default");
                list.forEach(v -> values.add(v.toString()));
            }
            default -> schema.put("default", fallback.toString());
        }
    }

    private static String jsonType(Class<?> type) {
        if (type == boolean.class) {
            return "boolean";
        }
        if (type == int.class || type == long.class) {
            return "integer";
        }
        return type == String.class || type == Secret.class ? "string" : "number";
    }
}
