package io.facet.hub.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What is kept of a success for repetitions; as bytes: the status, a line feed, the body.
 *
 * @param body empty when there was none, or when it is not kept
 */
record KeptReply(int status, Optional<String> body) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int NO_CONTENT = 204;

    static KeptReply from(Reply reply, Spec spec) {
        return switch (reply) {
            case Reply.Json json ->
                    new KeptReply(
                            json.status(),
                            spec.has(Spec.Rule.SECRET)
                                    ? Optional.empty()
                                    : Optional.of(json.body().toString()));
            case Reply.Nothing _ -> new KeptReply(NO_CONTENT, Optional.empty());
            case Reply.Bytes _, Reply.Stream _, Reply.Resource _, Reply.Live _, Reply.Redirect _ ->
                    new KeptReply(200, Optional.empty());
        };
    }

    static KeptReply of(byte[] bytes) {
        String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\n", 2);
        return new KeptReply(
                Integer.parseInt(parts[0]), Optional.of(parts[1]).filter(b -> !b.isEmpty()));
    }

    byte[] bytes() {
        return (status + "\n" + body.orElse("")).getBytes(StandardCharsets.UTF_8);
    }

    /** The reply to a repetition. */
    Reply again(Spec spec) {
        if (status == NO_CONTENT) {
            return Reply.nothing();
        }
        JsonNode json =
                body.map(KeptReply::parsed)
                        .orElseThrow(() ->
                                new FacetException(
                                        ErrorCode.CONFLICT,
                                        "this was done at the first request; its answer held a"
                                                + " secret and is not kept"));
        Optional<String> etag =
                spec.has(Spec.Rule.TAGGED) ? Optional.of(Etags.of(json)) : Optional.empty();
        return new Reply.Json(status, json, Optional.empty(), etag);
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
