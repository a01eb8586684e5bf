package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.http.SetCookie;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an endpoint answers. */
public sealed interface Reply {
    /** JSON, with a cookie to set and an entity tag where there are any. */
    record Json(int status, JsonNode body, Optional<SetCookie> cookie, Optional<String> etag)
            implements Reply {
        public Json(int status, JsonNode body, Optional<SetCookie> cookie) {
            this(status, body, cookie, Optional.empty());
        }
    }

    /** Bytes of a media type, to be kept private and for a while by the browser. */
    @SuppressWarnings("ArrayRecordComponent") // on its way out, never compared
    record Bytes(String mediaType, byte[] body, int maxAgeSeconds, Map<String, String> headers)
            implements Reply {
        public Bytes {
            headers = Map.copyOf(headers);
        }

        public Bytes(String mediaType, byte[] body, int maxAgeSeconds) {
            this(mediaType, body, maxAgeSeconds, Map.of());
        }
    }

    /** A file too large to hold, written as it is made. */
    record Stream(String mediaType, String fileName, Writer writer) implements Reply {
        /** Writes the whole of it. */
        @FunctionalInterface
        public interface Writer {
            void write(OutputStream out) throws IOException;
        }
    }

    /** A file that lies there, or a part of it: whoever was cut off asks for the rest. */
    record Resource(String mediaType, String etag, Source source) implements Reply {
        /** Opens it when it is sent; refuses with a FacetException. */
        @FunctionalInterface
        public interface Source {
            Opened open();
        }

        /** A file while it is read. */
        public interface Opened extends AutoCloseable {
            Path file();

            @Override
            void close();
        }
    }

    /** Something that goes on for as long as both sides want it, never kept by anybody. */
    record Live(String contentType, Show show) implements Reply {
        /** What is shown; to be closed, whether it was written or not. */
        public interface Show extends AutoCloseable {
            /**
             * Writes until it is over.
             *
             * @throws IOException when the other side went away
             */
            void write(OutputStream out) throws IOException;

            @Override
            void close();
        }
    }

    /** A browser is sent on, with cookies to set. */
    record Redirect(URI to, List<SetCookie> cookies) implements Reply {
        public Redirect {
            cookies = List.copyOf(cookies);
        }
    }

    /** Success without a body, with a cookie to set where there is one. */
    record Nothing(Optional<SetCookie> cookie) implements Reply {}

    /** A success. */
    static Reply ok(JsonNode body) {
        return new Json(200, body, Optional.empty());
    }

    /** Something with an entity tag. */
    static Reply tagged(JsonNode body) {
        return new Json(200, body, Optional.empty(), Optional.of(Etags.of(body)));
    }

    /** Something of which only a part is changed by calls; the tag is that part's. */
    static Reply tagged(JsonNode body, JsonNode changeable) {
        return new Json(200, body, Optional.empty(), Optional.of(Etags.of(changeable)));
    }

    /** Something was made. */
    static Reply created(JsonNode body) {
        return new Json(201, body, Optional.empty());
    }

    /** Something was made, with an entity tag. */
    static Reply createdTagged(JsonNode body) {
        return new Json(201, body, Optional.empty(), Optional.of(Etags.of(body)));
    }

    /** Success, and nothing to say. */
    static Reply nothing() {
        return new Nothing(Optional.empty());
    }
}
