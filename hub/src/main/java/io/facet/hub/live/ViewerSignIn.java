package io.facet.hub.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.hub.live.engineio.Handshake;
import io.facet.hub.live.socketio.ConnectHandler;
import io.facet.hub.live.socketio.Socket;
import io.facet.hub.security.Authenticator;
import io.facet.hub.security.Permission;
import io.facet.hub.security.Principal;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Lets viewers in: by {@code auth: {token}}, a key or a session's token, or by the page's own
 * cookie. Thread-safe.
 */
final class ViewerSignIn implements ConnectHandler {
    private static final String COOKIE = "facet_session";
    private static final int MAX_TOKEN = 1000;

    private final Authenticator authenticator;
    private final BiConsumer<Socket, Supplier<Optional<Principal>>> entered;

    /**
     * A sign-in.
     *
     * @param entered gets a viewer's socket and the way to ask again who it is
     */
    ViewerSignIn(
            Authenticator authenticator,
            BiConsumer<Socket, Supplier<Optional<Principal>>> entered) {
        this.authenticator = authenticator;
        this.entered = entered;
    }

    @Override
    public Decision connect(Handshake handshake, ObjectNode auth) {
        Supplier<Optional<Principal>> who = who(handshake, auth);
        Optional<Principal> principal = who.get();
        if (principal.isEmpty()) {
            return refuse(
                    "unauthorized",
                    ErrorCode.UNAUTHENTICATED,
                    "send a valid key as auth: {token}, or sign in at the page");
        }
        if (!principal.get().may(Permission.READ_EVENTS)) {
            return refuse(
                    "forbidden",
                    ErrorCode.PERMISSION_DENIED,
                    "this key may not see events; use a key of a viewer, operator or admin");
        }
        return new Decision.Accept(socket -> entered.accept(socket, who));
    }

    private Supplier<Optional<Principal>> who(Handshake handshake, ObjectNode auth) {
        String token = auth.path("token").asText();
        if (!token.isEmpty()) {
            return token.length() > MAX_TOKEN
                    ? Optional::empty
                    : () -> authenticator.byKey(token).or(() -> authenticator.bySession(token));
        }
        Optional<String> cookie =
                handshake.sameOrigin()
                        ? Optional.ofNullable(handshake.cookies().get(COOKIE))
                        : Optional.empty();
        return () -> cookie.flatMap(authenticator::bySession);
    }

    private static Decision refuse(String message, ErrorCode code, String detail) {
        return new Decision.Refuse(message, Errors.of(code, detail));
    }
}
