package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which part of a list is wanted. A cursor names the last row that was seen, so that pages stay
 * right while rows come and go; an offset counts.
 *
 * @param after the key of the last row seen
 */
record Paging(long offset, int limit, Optional<String> after) {
    /** A paged answer: the rows under a name, and where they lie. */
    static Schema.Fields shape(String name, Schema row) {
        return Schema.object()
                .with(name, Schema.list(row))
                .with("total", Plain.INTEGER)
                .with("offset", Plain.INTEGER)
                .with("limit", Plain.INTEGER)
                .with("next_cursor", Plain.TEXT.orNull());
    }

    static Paging of(Call call, int otherwise, int most) {
        Optional<String> cursor = call.query("cursor");
        if (cursor.isPresent() && call.query("offset").isPresent()) {
            throw JsonFields.invalid("a page has either cursor or offset");
        }
        return new Paging(
                call.queryNumber("offset", 0, 0, Long.MAX_VALUE),
                (int) call.queryNumber("limit", otherwise, 1, most),
                cursor.map(Paging::decoded));
    }

    /** The form handed to clients. */
    static String cursor(String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            throw new io.facet.error.FacetException(
                    io.facet.error.ErrorCode.INVALID_ARGUMENT,
                    "not a cursor of this service",
                    notOurs);
        }
    }

    /** A page that a store made: one row more than the limit says that there is a next one. */
    <T> ObjectNode page(
            String name,
            List<T> rows,
            long total,
            Function<T, String> key,
            Function<T, JsonNode> json) {
        boolean more = rows.size() > limit;
        List<T> shown = more ? rows.subList(0, limit) : rows;
        ObjectNode page = Json.object();
        page.set(name, Json.array(shown, json));
        page.put("total", total);
        page.put("offset", offset);
        page.put("limit", limit);
        page.put("next_cursor", more ? cursor(key.apply(shown.getLast())) : null);
        return page;
    }

    /** A page of a short list that is there as a whole; ordered by key. */
    <T> ObjectNode cut(
            String name, List<T> all, Function<T, String> key, Function<T, JsonNode> json) {
        List<T> rest =
                all.stream()
                        .sorted(Comparator.comparing(key))
                        .filter(row -> after.map(a -> key.apply(row).compareTo(a) > 0).orElse(true))
                        .skip(offset)
                        .limit(limit + 1L)
                        .toList();
        return page(name, rest, all.size(), key, json);
    }
}
