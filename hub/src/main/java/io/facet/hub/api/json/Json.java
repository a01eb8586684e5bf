package io.facet.hub.api.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;

/** Small pieces of JSON. */
public final class Json {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Json() {}

    /** An empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** RFC 3339 in UTC: {@code 2026-01-31T12:00:00.000Z}. */
    public static String time(Instant instant) {
        return TIME.format(instant);
    }

    /** A fraction with four decimals, which is more than any model is good for. */
    public static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    /** A list. */
    public static <T> ArrayNode array(List<T> values, Function<T, JsonNode> each) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> array.add(each.apply(value)));
        return array;
    }
}
