package io.facet.hub.web;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;

/**
 * Headers on every answer: the page may load from the hub only, nobody may frame it, nothing is
 * guessed about types, no address leaks, browsers that came by TLS come back by it. CORS headers
 * are the live API's alone.
 */
final class SecurityHeaders implements Filter {
    private static final List<Header> HEADERS =
            List.of(
                    header(
                            "Content-Security-Policy",
                            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
                                    + " blob: data:; media-src 'self'; connect-src 'self'; font-src 'self'; manifest-src"
                                    + " 'self'; form-action 'self'; base-uri 'none'; frame-ancestors"
                                    + " 'none'"),
                    header("X-Content-Type-Options", "nosniff"),
                    header("X-Frame-Options", "DENY"),
                    header("Referrer-Policy", "no-referrer"),
                    header("Cross-Origin-Opener-Policy", "same-origin"),
                    header("Cross-Origin-Resource-Policy", "same-origin"),
                    header(
                            "Permissions-Policy",
                            "camera=(), microphone=(), geolocation=(), payment=(), usb=()"));

    private static final Header HSTS = header("Strict-Transport-Security", "max-age=31536000");

    private final boolean tls;

    SecurityHeaders(boolean tls) {
        this.tls = tls;
    }

    private static Header header(String name, String value) {
        return HeaderValues.createCached(HeaderNames.create(name), value);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        HEADERS.forEach(response::header);
        if (tls) {
            response.header(HSTS);
        }
        chain.proceed();
    }
}
