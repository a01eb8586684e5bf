package io.facet.hub.api.rest;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.security.Authenticator;
import io.facet.hub.security.Principal;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who is asking. A key comes as {@code X-API-Key} or {@code Authorization: Bearer}; the page has a
 * session cookie, which counts for writes only when the request surely comes from the page itself;
 * a box that shows neither has its certificate.
 */
final class Credentials {
    static final String COOKIE = "facet_session";

    static final HeaderName API_KEY = HeaderNames.create("X-API-Key");
    private static final HeaderName FROM_PAGE = HeaderNames.create("X-Facet-Request");
    private static final Set<Method> READS = Set.of(Method.GET, Method.HEAD, Method.OPTIONS);

    private final Authenticator authenticator;

    Credentials(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /**
     * The bearer of the request's credential.
     *
     * @throws FacetException {@code UNAUTHENTICATED} without one or with a wrong one, {@code
     *     PERMISSION_DENIED} when another site's page may be behind it
     */
    Principal of(ServerRequest request) {
        Optional<String> key = key(request.headers());
        if (key.isPresent()) {
            return authenticator.byKey(key.get()).orElseThrow(Credentials::unauthenticated);
        }
        Optional<String> session = session(request.headers());
        if (session.isEmpty()) {
            return certificate(request)
                    .flatMap(authenticator::byCertificate)
                    .orElseThrow(Credentials::unauthenticated);
        }
        Principal principal =
                session.flatMap(authenticator::bySession).orElseThrow(Credentials::unauthenticated);
        checkFromOwnPage(request);
        return principal;
    }

    /** The key or, without one, the session that a request shows. */
    static Optional<String> shown(ServerRequestHeaders headers) {
        return key(headers).or(() -> session(headers));
    }

    /** Whether the request shows any credential, good or not. */
    static boolean present(ServerRequest request) {
        return key(request.headers()).isPresent() || session(request.headers()).isPresent();
    }

    static Optional<String> session(ServerRequestHeaders headers) {
        return headers.cookies().first(COOKIE).asOptional();
    }

    /** The certificate that the connection was made with, if with one of the hub's authority. */
    static Optional<X509Certificate> certificate(ServerRequest request) {
        return request.remotePeer()
                .tlsCertificates()
                .filter(chain -> chain.length > 0)
                .map(chain -> chain[0])
                .filter(X509Certificate.class::isInstance)
                .map(X509Certificate.class::cast);
    }

    static Optional<String> key(ServerRequestHeaders headers) {
        Optional<String> named = headers.first(API_KEY);
        return named.isPresent()
                ? named
                : headers.first(HeaderNames.AUTHORIZATION)
                        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith("bearer "))
                        .map(value -> value.substring("bearer ".length()).trim());
    }

    /** Refuses writes by cookie that a page of another origin could have caused. */
    static void checkFromOwnPage(ServerRequest request) {
        boolean read = READS.contains(request.prologue().method());
        if (!read && !request.headers().contains(FROM_PAGE)) {
            throw new FacetException(
                    ErrorCode.PERMISSION_DENIED,
                    "a change with a session cookie needs the header X-Facet-Request: 1; programs"
                            + " use X-API-Key instead");
        }
        checkOrigin(request);
    }

    /** Refuses requests of which the browser says that another origin's page made them. */
    static void checkOrigin(ServerRequest request) {
        boolean foreign =
                request.headers()
                        .first(HeaderNames.ORIGIN)
                        .map(origin -> origin.replaceFirst("^https?://", ""))
                        .filter(origin -> !origin.equals(request.authority()))
                        .isPresent();
        if (foreign) {
            throw new FacetException(
                    ErrorCode.PERMISSION_DENIED,
                    "pages of other origins may not call the hub; programs use X-API-Key");
        }
    }

    private static FacetException unauthenticated() {
        return new FacetException(
                ErrorCode.UNAUTHENTICATED,
                "send a valid key as X-API-Key or Authorization: Bearer, or sign in at the page");
    }
}
