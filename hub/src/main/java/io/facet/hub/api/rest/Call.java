package io.facet.hub.api.rest;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.security.Principal;
import io.facet.model.SiteScope;
import io.helidon.common.media.type.MediaType;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request, as an endpoint reads it. Used by one thread. */
public final class Call {
    private static final int MAX_JSON = 256 * 1024;

    private final ServerRequest request;
    private final @Nullable Principal principal;

    Call(ServerRequest request, @Nullable Principal principal) {
        this.request = request;
        this.principal = principal;
    }

    ServerRequest request() {
        return request;
    }

    /** Who asks; only for endpoints that need a credential. */
    Principal principal() {
        if (principal == null) {
            throw new IllegalStateException("an open endpoint has no principal");
        }
        return principal;
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

    /** A small JSON body with these keys and no other. */
    JsonFields json(Set<String> known) throws IOException {
        return json(known, MAX_JSON);
    }

    JsonFields json(Set<String> known, long mostBytes) throws IOException {
        if (!isType("application/json")) {
            throw unsupported("application/json");
        }
        return JsonFields.read(Bodies.read(request, mostBytes), known);
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
