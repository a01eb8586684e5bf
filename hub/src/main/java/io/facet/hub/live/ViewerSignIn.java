package io.facet.hub.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.audit.AuditEntry;
import io.facet.hub.live.engineio.Handshake;
import io.facet.hub.live.socketio.ConnectHandler;
import io.facet.hub.live.socketio.Socket;
import io.facet.hub.security.Authenticator;
import io.facet.hub.security.Authenticator.Bearer;
import io.facet.hub.security.Permission;
import io.facet.hub.security.Principal;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Lets viewers in: by {@code auth: {token}}, a live token, a key or a session's token, or by the
 * page's own cookie; so many at once with one key. Thread-safe.
 */
final class ViewerSignIn implements ConnectHandler {
    private static final String COOKIE = "facet_session";

    private final Authenticator authenticator;
    private final Predicate<Principal> hasRoom;
    private final Noted noted;
    private final BiConsumer<Socket, Bearer> entered;

    /** Writes down how a sign-in of somebody known ended. */
    @FunctionalInterface
    interface Noted {
        /**
         * Writes it down.
         *
         * @throws FacetException when it cannot be written: they must not come in
         */
        void write(Principal who, String outcome);
    }

    /**
     * A sign-in.
     *
     * @param hasRoom whether one more viewer may come with this key
     * @param noted writes down who came in or was refused
     * @param entered gets a viewer's socket and who it is
     */
    ViewerSignIn(
            Authenticator authenticator,
            Predicate<Principal> hasRoom,
            Noted noted,
            BiConsumer<Socket, Bearer> entered) {
        this.authenticator = authenticator;
        this.hasRoom = hasRoom;
        this.noted = noted;
        this.entered = entered;
    }

    @Override
    public Decision connect(Handshake handshake, ObjectNode auth) {
        Optional<Bearer> bearer = bearer(handshake, auth);
        if (bearer.isEmpty()) {
            return refuse(
                    "unauthorized",
                    ErrorCode.UNAUTHENTICATED,
                    "send a valid token or key as auth: {token}, or sign in at the page");
        }
        try {
            return known(bearer.get());
        } catch (FacetException unwritable) {
            return refuse("unavailable", unwritable.code(), unwritable.reason());
        }
    }

    private Decision known(Bearer bearer) {
        Principal who = bearer.principal();
        if (!who.may(Permission.READ_EVENTS)) {
            noted.write(who, ErrorCode.PERMISSION_DENIED.wireName());
            return refuse(
                    "forbidden",
                    ErrorCode.PERMISSION_DENIED,
                    "this key may not see events; use a key of a viewer, operator or admin");
        }
        if (!hasRoom.test(who)) {
            noted.write(who, ErrorCode.RATE_LIMITED.wireName());
            return refuse(
                    "too many viewers",
                    ErrorCode.RATE_LIMITED,
                    "too many live viewers use this key; close some, or use a key for each");
        }
        noted.write(who, AuditEntry.READ);
        return new Decision.Accept(socket -> entered.accept(socket, bearer));
    }

    private Optional<Bearer> bearer(Handshake handshake, ObjectNode auth) {
        String token = auth.path("token").asText();
        if (!token.isEmpty()) {
            return authenticator.bearer(token);
        }
        if (!handshake.sameOrigin()) {
            return Optional.empty();
        }
        return Optional.ofNullable(handshake.cookies().get(COOKIE)).flatMap(this::session);
    }

    /** A cookie holds a session and nothing else. */
    private Optional<Bearer> session(String cookie) {
        return authenticator
                .bySession(cookie)
                .map(principal -> new Bearer(principal, () -> authenticator.bySession(cookie)));
    }

    private static Decision refuse(String message, ErrorCode code, String detail) {
        return new Decision.Refuse(message, Errors.of(code, detail));
    }
}
