package io.facet.hub.api.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.CharConversionException;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** A JSON object as an endpoint reads it: only known keys, each of its own type. */
final class JsonFields {
    static final int MAX_DEPTH = 32;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    // The body's own limit holds.
                                                    .maxStringLength(Integer.MAX_VALUE)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final ObjectNode object;

    private JsonFields(ObjectNode object) {
        this.object = object;
    }

    /** Reads an object with these keys and no other. */
    static JsonFields read(byte[] body, Set<String> known) throws IOException {
        JsonNode node;
        try {
            node = JSON.readTree(body);
        } catch (JsonProcessingException malformed) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the body is not JSON: " + malformed.getOriginalMessage(),
                    malformed);
        } catch (CharConversionException notText) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "the body is not JSON in UTF-8", notText);
        }
        if (!(node instanceof ObjectNode object)) {
            throw invalid("the body must be a JSON object with " + String.join(", ", known));
        }
        return checked(object, known);
    }

    /** Reads an object inside another, with these keys and no other. */
    static JsonFields of(JsonNode node, String name, Set<String> known) {
        if (!(node instanceof ObjectNode object)) {
            throw invalid("\"" + name + "\" must be an object with " + String.join(", ", known));
        }
        return checked(object, known);
    }

    private static JsonFields checked(ObjectNode object, Set<String> known) {
        object.fieldNames()
                .forEachRemaining(key -> {
                    if (!known.contains(key)) {
                        throw invalid(
                                "unknown key \""
                                        + shortened(key)
                                        + "\"; known here: "
                                        + String.join(", ", known.stream().sorted().toList()));
                    }
                });
        return new JsonFields(object);
    }

    Optional<String> text(String key) {
        return present(key)
                .map(node -> {
                    if (!node.isTextual()) {
                        throw invalid("\"" + key + "\" must be text");
                    }
                    return node.textValue();
                });
    }

    String requiredText(String key) {
        return text(key).orElseThrow(() -> missing(key));
    }

    OptionalInt integer(String key) {
        Optional<JsonNode> node = present(key);
        if (node.isEmpty()) {
            return OptionalInt.empty();
        }
        if (node.get().isInt()) {
            return OptionalInt.of(node.get().intValue());
        }
        // Forms of web pages send numbers as text.
        if (node.get().isTextual() && node.get().textValue().matches("\\d{1,9}")) {
            return OptionalInt.of(Integer.parseInt(node.get().textValue()));
        }
        throw invalid("\"" + key + "\" must be a whole number");
    }

    OptionalDouble number(String key) {
        Optional<JsonNode> node = present(key);
        if (node.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (!node.get().isNumber() || !Double.isFinite(node.get().doubleValue())) {
            throw invalid("\"" + key + "\" must be a number");
        }
        return OptionalDouble.of(node.get().doubleValue());
    }

    Optional<Boolean> truth(String key) {
        return present(key)
                .map(node -> {
                    if (!node.isBoolean()) {
                        throw invalid("\"" + key + "\" must be true or false");
                    }
                    return node.booleanValue();
                });
    }

    /** A list of texts. */
    Optional<List<String>> list(String key) {
        return present(key)
                .map(node -> {
                    List<String> texts = new ArrayList<>();
                    node.forEach(each -> texts.add(each.asText()));
                    if (!node.isArray() || texts.contains("")) {
                        throw invalid("\"" + key + "\" must be a list of texts");
                    }
                    return List.copyOf(texts);
                });
    }

    /** RFC 3339. */
    Optional<Instant> instant(String key) {
        return text(key)
                .map(text -> {
                    try {
                        return OffsetDateTime.parse(text).toInstant();
                    } catch (DateTimeParseException notATime) {
                        throw new FacetException(
                                ErrorCode.INVALID_ARGUMENT,
                                "\"" + key + "\" must be a time like 2026-01-31T12:00:00Z",
                                notATime);
                    }
                });
    }

    Optional<ObjectNode> object(String key) {
        return present(key)
                .map(node -> {
                    if (node instanceof ObjectNode inner) {
                        return inner;
                    }
                    throw invalid("\"" + key + "\" must be an object");
                });
    }

    /** An object whose values are text, numbers or truth values, all taken as text. */
    Optional<Map<String, String>> texts(String key) {
        return object(key).map(JsonFields::texts);
    }

    static Map<String, String> texts(ObjectNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> {
                    if (!entry.getValue().isValueNode()) {
                        throw invalid("metadata holds text, not lists or objects");
                    }
                    texts.put(entry.getKey(), entry.getValue().asText());
                });
        return texts;
    }

    /** Parses text of a form field that holds a JSON object. */
    static ObjectNode parseObject(String key, String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException malformed) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "\"" + key + "\" is not JSON", malformed);
        }
        throw invalid("\"" + key + "\" must be a JSON object");
    }

    /** Base64, plain or as a data URL. */
    byte[] bytes(String key) {
        String text = requiredText(key);
        int comma = text.startsWith("data:") ? text.indexOf(',') + 1 : 0;
        try {
            return Base64.getMimeDecoder().decode(text.substring(comma));
        } catch (IllegalArgumentException notBase64) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "\"" + key + "\" is not Base64", notBase64);
        }
    }

    /** Whether the key was sent with a value. */
    boolean has(String key) {
        return present(key).isPresent();
    }

    /** Whether the key is there with the value null, which takes something away. */
    boolean isNull(String key) {
        JsonNode node = object.get(key);
        return node != null && node.isNull();
    }

    /** Whether the key is there, be it with null. */
    boolean isSent(String key) {
        return object.has(key);
    }

    /** A value of any shape; empty for null. */
    Optional<JsonNode> node(String key) {
        return present(key);
    }

    private Optional<JsonNode> present(String key) {
        return Optional.ofNullable(object.get(key)).filter(node -> !node.isNull());
    }

    static FacetException missing(String key) {
        return invalid("\"" + key + "\" is missing");
    }

    static FacetException invalid(String what) {
        return new FacetException(ErrorCode.INVALID_ARGUMENT, what);
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
