package io.facet.hub.api.rest;

import io.facet.error.FacetException;
import io.facet.hub.admission.ClientAddress;
import io.facet.hub.admission.RequestLimits;
import io.facet.hub.security.Principal;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

/**
 * Who calls, each counted: by their key, or by their address when they show none or a wrong one.
 * Thread-safe.
 */
record Callers(Credentials credentials, RequestLimits limits) {
    private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");

    /**
     * The bearer of the request's credential.
     *
     * @throws FacetException as {@link Credentials#of}, and {@code RATE_LIMITED}
     */
    Principal of(ServerRequest request) {
        Principal principal;
        try {
            principal = credentials.of(request);
        } catch (FacetException refused) {
            countStranger(request);
            throw refused;
        }
        limits.countKey(principal.id());
        return principal;
    }

    /**
     * Counts a call of anybody.
     *
     * @throws FacetException {@code RATE_LIMITED}
     */
    void countStranger(ServerRequest request) {
        limits.countAddress(
                ClientAddress.of(
                        request.remotePeer().address(), request.headers().first(FORWARDED_FOR)));
    }
}
