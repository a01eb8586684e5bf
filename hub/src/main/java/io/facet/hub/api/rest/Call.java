package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.security.Principal;
import io.facet.model.SiteScope;
import io.helidon.common.media.type.MediaType;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request, as an endpoint reads it. Used by one thread. */
public final class Call {
    private static final int MAX_JSON = 256 * 1024;

    private final ServerRequest request;
    private final Spec spec;
    private final @Nullable Principal principal;
    private final List<String> subjects = new ArrayList<>();
    private byte @Nullable [] held;

    Call(ServerRequest request, Spec spec, @Nullable Principal principal) {
        this.request = request;
        this.spec = spec;
        this.principal = principal;
    }

    ServerRequest request() {
        return request;
    }

    /** The body, to be read once; or what was read of it before. */
    InputStream body() {
        if (held != null) {
            return new ByteArrayInputStream(held);
        }
        return request.content().hasEntity()
                ? request.content().inputStream()
                : InputStream.nullInputStream();
    }

    /** Reads the body into memory, so that it can be looked at before the endpoint reads it. */
    byte[] hold(long most) throws IOException {
        byte[] bytes = Bodies.read(this, most);
        held = bytes;
        return bytes;
    }

    /** Who asks; only for endpoints that need a credential. */
    Principal principal() {
        if (principal == null) {
            throw new IllegalStateException("an open endpoint has no principal");
        }
        return principal;
    }

    /** Notes an id for the audit log that is in neither the address nor the answer. */
    void about(String id) {
        subjects.add(id);
    }

    List<String> subjects() {
        return subjects;
    }

    SiteScope sites() {
        return principal().sites();
    }

    /** A value of the path. */
    <T> T path(String name, Function<String, T> parse) {
        return parse.apply(request.path().pathParameters().get(name));
    }

    /** A value of the query. */
    Optional<String> query(String name) {
        return request.query().first(name).asOptional().filter(value -> !value.isEmpty());
    }

    /** Every value of a query parameter that may be repeated. */
    List<String> queryAll(String name) {
        return request.query().contains(name) ? request.query().all(name) : List.of();
    }

    /** A whole number of the query. */
    long queryNumber(String name, long otherwise, long least, long most) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException _) {
            // Falls through to the one message for both mistakes.
        }
        throw JsonFields.invalid(name + " is a whole number from " + least + " to " + most);
    }

    /** A yes or no of the query; no unless given. */
    boolean queryTruth(String name) {
        return switch (query(name).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw JsonFields.invalid(name + " is true or false");
        };
    }

    /** A time of the query. */
    Optional<Instant> queryTime(String name) {
        Optional<String> text = query(name);
        try {
            return text.map(Instant::parse);
        } catch (DateTimeParseException notATime) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    name + " is a time such as 2026-01-31T12:00:00Z",
                    notATime);
        }
    }

    /** Goes on only when If-Match, if sent, names the present state. */
    void ifMatch(JsonNode present) {
        Etags.check(request, present);
    }

    /** The keys that the endpoint declares. */
    Set<String> declared() {
        return spec.body()
                .map(body -> body.schema().fields().keySet())
                .orElseThrow(() -> new IllegalStateException("the endpoint declares no body"));
    }

    /** A small JSON body with the declared keys and no other. */
    JsonFields json() throws IOException {
        return json(declared());
    }

    /** A small JSON body with these keys and no other. */
    JsonFields json(Set<String> known) throws IOException {
        return json(known, MAX_JSON);
    }

    JsonFields json(Set<String> known, long mostBytes) throws IOException {
        if (!isType("application/json")) {
            throw unsupported("application/json");
        }
        return JsonFields.read(Bodies.read(this, mostBytes), known);
    }

    boolean isType(String type) {
        return request.headers()
                .contentType()
                .map(HttpMediaType::mediaType)
                .map(MediaType::text)
                .filter(type::equalsIgnoreCase)
                .isPresent();
    }

    static FacetException unsupported(String... types) {
        return new FacetException(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                "send Content-Type: " + String.join(" or ", types));
    }
}
