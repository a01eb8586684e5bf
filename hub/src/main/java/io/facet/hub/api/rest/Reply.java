package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.http.SetCookie;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** What an endpoint answers. */
public sealed interface Reply {
    /** JSON, with a cookie to set where there is one. */
    record Json(int status, JsonNode body, Optional<SetCookie> cookie) implements Reply {}

    /** Bytes of a media type, to be kept private and for a while by the browser. */
    @SuppressWarnings("ArrayRecordComponent") // on its way out, never compared
    record Bytes(String mediaType, byte[] body, int maxAgeSeconds) implements Reply {}

    /**
     * Bytes written as they are made.
     *
     * @param fileName under which a browser saves them
     */
    record Streamed(String mediaType, Optional<String> fileName, Writer writer) implements Reply {}

    /** Writes a body. */
    @FunctionalInterface
    interface Writer {
        void to(OutputStream out) throws IOException;
    }

    /** Success without a body, with a cookie to set where there is one. */
    record Nothing(Optional<SetCookie> cookie) implements Reply {}

    /** A success. */
    static Reply ok(JsonNode body) {
        return new Json(200, body, Optional.empty());
    }

    /** Something was made. */
    static Reply created(JsonNode body) {
        return new Json(201, body, Optional.empty());
    }
}
