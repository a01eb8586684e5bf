package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.security.Authenticator.Session;
import io.facet.hub.security.ExternalIdentity;
import io.facet.hub.security.ExternalSignIn;
import io.facet.hub.security.User;
import io.facet.hub.security.UserAccounts;
import io.helidon.http.SetCookie;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sign-in at the organisation's OpenID provider, for the page. The browser keeps the ticket of a
 * sign-in in a cookie of {@code SameSite=Lax}, for it comes back from another site; the session
 * that follows has the page's usual cookie.
 */
final class OpenIdEndpoints {
    private static final String START = "/api/v1/session/oidc";
    private static final String CALLBACK = START + "/callback";
    private static final String TICKET = "facet_sign_in";
    private static final List<String> ANSWER = List.of("code", "state", "iss", "error");

    private final Optional<ExternalSignIn> elsewhere;
    private final UserAccounts users;
    private final InstantSource clock;

    OpenIdEndpoints(Optional<ExternalSignIn> elsewhere, UserAccounts users, InstantSource clock) {
        this.elsewhere = elsewhere;
        this.users = users;
        this.clock = clock;
    }

    List<Endpoint> all() {
        Schema other = Schema.object().with("label", Plain.TEXT).with("href", Plain.TEXT);
        Spec ways =
                Spec.of("How people may sign in beside user name and password, or key")
                        .gives(Schema.object().maybe("oidc", other));
        Spec start = Spec.of("Go to the organisation's OpenID provider to sign in").sendsOn();
        Spec callback =
                Spec.of("Come back from the OpenID provider")
                        .query("code", Plain.TEXT, "to be exchanged for an ID token")
                        .query("state", Plain.TEXT, "as the provider was given it")
                        .query("iss", Plain.TEXT, "who answers")
                        .query("error", Plain.TEXT, "why there is no code")
                        .sendsOn()
                        .rule(Spec.Rule.CHANGES);
        return List.of(
                Endpoint.get("/api/v1/session/ways", new Access.Open(), ways, this::ways),
                Endpoint.get(START, new Access.Open(), start, this::start),
                Endpoint.get(CALLBACK, new Access.Open(), callback, this::callback));
    }

    private Reply ways(Call call) {
        ObjectNode json = Json.object();
        elsewhere.ifPresent(
                way -> json.putObject("oidc").put("label", way.label()).put("href", START));
        return Reply.ok(json);
    }

    private Reply start(Call call) {
        ExternalSignIn way = way();
        URI base = way.base(requested(call.request()));
        ExternalSignIn.Departure departure = way.depart(URI.create(base + CALLBACK));
        SetCookie ticket =
                cookie(
                        base,
                        departure.ticket().reveal(),
                        Duration.between(clock.instant(), departure.until()));
        return new Reply.Redirect(departure.to(), List.of(ticket));
    }

    private Reply callback(Call call) {
        ExternalSignIn way = way();
        String ticket = call.request().headers().cookies().first(TICKET).orElse("");
        User user = user(call, way.arrive(answer(call), ticket));
        Session session = users.openSession(user, way.sessionLifetime());
        Duration age = Duration.between(clock.instant(), session.expiresAt());
        URI base = way.base(requested(call.request()));
        return new Reply.Redirect(
                URI.create("/"),
                List.of(
                        SessionEndpoints.cookie(
                                call.request().isSecure() || isSecure(base),
                                session.token().reveal(),
                                age),
                        cookie(base, "", Duration.ZERO)));
    }

    private User user(Call call, ExternalIdentity who) {
        users.byExternal(who.external()).ifPresent(user -> call.about(user.id().toString()));
        return switch (users.signIn(who)) {
            case UserAccounts.SignIn.Welcome(User user) -> {
                call.about(user.id().toString());
                yield user;
            }
            case UserAccounts.SignIn.Refused _, UserAccounts.SignIn.Locked _ ->
                    throw new FacetException(
                            ErrorCode.PERMISSION_DENIED,
                            "you have no role at this hub, or your account is disabled; ask an"
                                    + " administrator");
        };
    }

    private ExternalSignIn way() {
        return elsewhere.orElseThrow(() ->
                new FacetException(
                        ErrorCode.NOT_FOUND, "sign-in with OpenID is not configured here"));
    }

    private static Map<String, List<String>> answer(Call call) {
        Map<String, List<String>> answer = new HashMap<>();
        for (String name : ANSWER) {
            List<String> values = call.queryAll(name);
            if (!values.isEmpty()) {
                answer.put(name, values);
            }
        }
        return answer;
    }

    /** The address the browser used. */
    private static URI requested(ServerRequest request) {
        return URI.create((request.isSecure() ? "https://" : "http://") + request.authority());
    }

    private static boolean isSecure(URI base) {
        return "https".equalsIgnoreCase(base.getScheme());
    }

    private static SetCookie cookie(URI base, String value, Duration age) {
        return SetCookie.builder(TICKET, value)
                .path(START)
                .httpOnly(true)
                .secure(isSecure(base))
                .sameSite(SetCookie.SameSite.LAX)
                .maxAge(age)
                .build();
    }
}
