package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.security.Authenticator;
import io.facet.hub.security.Authenticator.Session;
import io.facet.hub.security.Permission;
import io.facet.hub.security.Principal;
import io.facet.hub.security.Role;
import io.helidon.http.Method;
import io.helidon.http.SetCookie;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The page's sign-in: a key for a cookie that scripts cannot read and other sites cannot send. */
final class SessionEndpoints {
    private final Authenticator authenticator;
    private final InstantSource clock;

    SessionEndpoints(Authenticator authenticator, InstantSource clock) {
        this.authenticator = authenticator;
        this.clock = clock;
    }

    List<Endpoint> all() {
        return List.of(
                new Endpoint(Method.POST, "/api/v1/session", new Access.Open(), this::signIn),
                new Endpoint(Method.GET, "/api/v1/session", new Access.SignedIn(), this::who),
                new Endpoint(
                        Method.POST,
                        "/api/v1/session/token",
                        new Access.Needs(Permission.READ_EVENTS),
                        this::token),
                new Endpoint(Method.DELETE, "/api/v1/session", new Access.Open(), this::signOut));
    }

    private Reply signIn(Call call) throws IOException {
        Credentials.checkOrigin(call.request());
        String key = call.json(Set.of("key")).requiredText("key").trim();
        Session session =
                authenticator
                        .signIn(key)
                        .orElseThrow(() ->
                                new FacetException(
                                        ErrorCode.UNAUTHENTICATED,
                                        "this key is not valid; the hub prints the file"
                                                + " of its admin key when it starts"));
        Duration age = Duration.between(clock.instant(), session.expiresAt());
        ObjectNode json = describe(session.principal());
        json.put("expires_at", Json.time(session.expiresAt()));
        return new Reply.Json(200, json, Optional.of(cookie(call, session.token().reveal(), age)));
    }

    private Reply who(Call call) {
        return Reply.ok(describe(call.principal()));
    }

    /** For clients that should not hold a key, and pages that have no cookie of the hub's. */
    private Reply token(Call call) {
        Authenticator.LiveToken token =
                Credentials.shown(call.request().headers())
                        .flatMap(authenticator::liveToken)
                        .orElseThrow(() ->
                                new FacetException(
                                        ErrorCode.UNAUTHENTICATED,
                                        "this credential ended just now; sign in again"));
        ObjectNode json = Json.object();
        json.put("token", token.token().reveal());
        json.put("expires_at", Json.time(token.expiresAt()));
        return Reply.ok(json);
    }

    private Reply signOut(Call call) {
        Credentials.checkOrigin(call.request());
        Credentials.session(call.request().headers()).ifPresent(authenticator::signOut);
        return new Reply.Nothing(Optional.of(cookie(call, "", Duration.ZERO)));
    }

    private static SetCookie cookie(Call call, String value, Duration age) {
        return SetCookie.builder(Credentials.COOKIE, value)
                .path("/")
                .httpOnly(true)
                .secure(call.request().isSecure())
                .sameSite(SetCookie.SameSite.STRICT)
                .maxAge(age)
                .build();
    }

    private static ObjectNode describe(Principal principal) {
        ObjectNode json = Json.object();
        json.put("name", principal.name());
        principal.roles().stream()
                .map(Role::wireName)
                .sorted()
                .forEach(json.withArray("roles")::add);
        for (Permission permission : Permission.values()) {
            if (principal.may(permission)) {
                json.withArray("permissions").add(permission.name().toLowerCase(Locale.ROOT));
            }
        }
        return json;
    }
}
