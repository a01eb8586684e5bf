package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.security.Authenticator;
import io.facet.hub.security.Authenticator.Session;
import io.facet.hub.security.Permission;
import io.facet.hub.security.Principal;
import io.facet.hub.security.Role;
import io.helidon.http.SetCookie;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The page's sign-in: a key for a cookie that scripts cannot read and other sites cannot send. */
final class SessionEndpoints {
    private static final String PATH = "/api/v1/session";

    private final Authenticator authenticator;
    private final InstantSource clock;

    SessionEndpoints(Authenticator authenticator, InstantSource clock) {
        this.authenticator = authenticator;
        this.clock = clock;
    }

    List<Endpoint> all() {
        Schema.Fields who =
                Schema.object()
                        .with("name", Plain.TEXT)
                        .with("roles", Schema.list(Plain.TEXT))
                        .with("permissions", Schema.list(Plain.TEXT));
        Spec in =
                Spec.of("Sign in: a key for a session cookie")
                        .takes(Schema.object().with("key", Plain.TEXT))
                        .gives(who.with("expires_at", Plain.TIME))
                        .rule(Spec.Rule.SECRET);
        return List.of(
                Endpoint.post(PATH, new Access.Open(), in, this::signIn),
                Endpoint.get(
                        PATH, new Access.SignedIn(), Spec.of("Who I am").gives(who), this::who),
                Endpoint.delete(
                        PATH,
                        new Access.Open(),
                        Spec.of("Sign out").givesNothing(),
                        this::signOut));
    }

    private Reply signIn(Call call) throws IOException {
        Credentials.checkOrigin(call.request());
        String key = call.json().requiredText("key").trim();
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
