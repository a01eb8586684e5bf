package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.config.Secret;
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
import io.facet.hub.security.User;
import io.facet.hub.security.UserAccounts;
import io.helidon.http.SetCookie;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Sign-in: a key or a password for a cookie that scripts cannot read and other sites cannot send,
 * or, for programs, a password for tokens.
 */
final class SessionEndpoints {
    private static final String PATH = "/api/v1/session";
    private static final String REFRESH = "/api/v1/session/refresh";

    private final Authenticator authenticator;
    private final UserAccounts users;
    private final InstantSource clock;

    SessionEndpoints(Authenticator authenticator, UserAccounts users, InstantSource clock) {
        this.authenticator = authenticator;
        this.users = users;
        this.clock = clock;
    }

    List<Endpoint> all() {
        Schema.Fields who =
                Schema.object()
                        .with("name", Plain.TEXT)
                        .with("roles", Schema.list(Plain.TEXT))
                        .with("permissions", Schema.list(Plain.TEXT));
        Schema.Fields tokens =
                Schema.object()
                        .with("token_type", Plain.TEXT)
                        .with("access_token", Plain.TEXT)
                        .with("access_expires_at", Plain.TIME)
                        .with("refresh_token", Plain.TEXT)
                        .with("refresh_expires_at", Plain.TIME);
        Spec in =
                Spec.of(
                                "Sign in: a key or a password for a session cookie, or a password for tokens")
                        .takes(
                                Schema.object()
                                        .maybe("key", Plain.TEXT)
                                        .maybe("username", Plain.TEXT)
                                        .maybe("password", Plain.TEXT)
                                        .maybe("tokens", Plain.TRUTH))
                        .gives(who.maybe("expires_at", Plain.TIME).and(tokens.allMaybe()))
                        .rule(Spec.Rule.SECRET);
        Spec refresh =
                Spec.of("The next pair of tokens; each refresh token works once")
                        .takes(Schema.object().with("refresh_token", Plain.TEXT))
                        .gives(tokens)
                        .rule(Spec.Rule.SECRET);
        Spec liveToken =
                Spec.of("A short-lived token for Socket.IO")
                        .gives(
                                Schema.object()
                                        .with("token", Plain.TEXT)
                                        .with("expires_at", Plain.TIME))
                        .rule(Spec.Rule.SECRET);
        return List.of(
                Endpoint.post(PATH, new Access.Open(), in, this::signIn),
                Endpoint.get(
                        PATH, new Access.SignedIn(), Spec.of("Who I am").gives(who), this::who),
                Endpoint.delete(
                        PATH, new Access.Open(), Spec.of("Sign out").givesNothing(), this::signOut),
                Endpoint.post(
                        PATH + "/token",
                        new Access.Needs(Permission.READ_EVENTS),
                        liveToken,
                        this::token),
                Endpoint.post(REFRESH, new Access.Open(), refresh, this::refresh));
    }

    private Reply signIn(Call call) throws IOException {
        Credentials.checkOrigin(call.request());
        JsonFields body = call.json();
        if (body.text("key").isEmpty()) {
            User user = user(body);
            call.about(user.id().toString());
            return body.truth("tokens").orElse(false)
                    ? Reply.ok(tokens(users.openTokens(user), describe(user.principal())))
                    : entered(call, users.openSession(user));
        }
        String key = body.requiredText("key").trim();
        Session session = byKey(key);
        call.about(session.principal().id());
        return entered(call, session);
    }

    private Session byKey(String key) {
        return authenticator
                .signIn(key)
                .orElseThrow(() ->
                        new FacetException(
                                ErrorCode.UNAUTHENTICATED,
                                "this key is not valid; the hub prints the file"
                                        + " of its admin key when it starts"));
    }

    private User user(JsonFields body) {
        UserAccounts.SignIn outcome =
                users.signIn(
                        body.requiredText("username"), new Secret(body.requiredText("password")));
        return switch (outcome) {
            case UserAccounts.SignIn.Welcome welcome -> welcome.user();
            case UserAccounts.SignIn.Refused _ ->
                    throw new FacetException(
                            ErrorCode.UNAUTHENTICATED, "user name or password is wrong");
            case UserAccounts.SignIn.Locked locked ->
                    throw Problem.tooManyTries(locked.remaining());
        };
    }

    private Reply refresh(Call call) throws IOException {
        Credentials.checkOrigin(call.request());
        String token = call.json().requiredText("refresh_token");
        return users.refresh(token)
                .map(tokens -> Reply.ok(tokens(tokens, Json.object())))
                .orElseThrow(() ->
                        new FacetException(
                                ErrorCode.UNAUTHENTICATED,
                                "this token is not valid any more; sign in again"));
    }

    private static ObjectNode tokens(UserAccounts.Tokens tokens, ObjectNode json) {
        json.put("token_type", "Bearer");
        json.put("access_token", tokens.access().reveal());
        json.put("access_expires_at", Json.time(tokens.accessUntil()));
        json.put("refresh_token", tokens.refresh().reveal());
        json.put("refresh_expires_at", Json.time(tokens.refreshUntil()));
        return json;
    }

    private Reply entered(Call call, Session session) {
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
        Credentials.key(call.request().headers())
                .filter(text -> text.startsWith("eyJ"))
                .ifPresent(authenticator::signOut);
        return new Reply.Nothing(Optional.of(cookie(call, "", Duration.ZERO)));
    }

    private static SetCookie cookie(Call call, String value, Duration age) {
        return cookie(call.request().isSecure(), value, age);
    }

    /** The page's session. */
    static SetCookie cookie(boolean secure, String value, Duration age) {
        return SetCookie.builder(Credentials.COOKIE, value)
                .path("/")
                .httpOnly(true)
                .secure(secure)
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
