package io.facet.hub.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.live.engineio.Handshake;
import io.facet.hub.live.socketio.ConnectHandler.Decision;
import io.facet.hub.security.Authenticator;
import io.facet.hub.security.Principal;
import io.facet.hub.security.Role;
import io.facet.model.SiteScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ViewerSignInTest {
    /** Knows the key "viewer", the key "box" and the session "page". */
    private static final class FakeAuthenticator implements Authenticator {
        private static Principal principal(Role role) {
            return new Principal("id", "name", Set.of(role), SiteScope.ALL);
        }

        @Override
        public Optional<Principal> byKey(String key) {
            return switch (key) {
                case "viewer" -> Optional.of(principal(Role.VIEWER));
                case "box" -> Optional.of(principal(Role.DEVICE));
                default -> Optional.empty();
            };
        }

        @Override
        public Optional<Principal> bySession(String token) {
            return token.equals("page") ? Optional.of(principal(Role.ADMIN)) : Optional.empty();
        }

        @Override
        public Optional<Session> signIn(String key) {
            return Optional.empty();
        }

        @Override
        public void signOut(String token) {}

        @Override
        public Optional<LiveToken> liveToken(String credential) {
            return Optional.empty();
        }

        @Override
        public Optional<Bearer> bearer(String credential) {
            return byKey(credential).map(who -> new Bearer(who, () -> byKey(credential)));
        }

        @Override
        public void onEnded(Runnable listener) {}
    }

    private boolean room = true;
    private final ViewerSignIn signIn =
            new ViewerSignIn(
                    new FakeAuthenticator(),
                    _ -> room,
                    (_, outcome) -> note(outcome),
                    (_, _) -> {});

    private boolean writable = true;
    private final List<String> log = new ArrayList<>();

    private void note(String outcome) {
        if (!writable) {
            throw new FacetException(ErrorCode.UNAVAILABLE, "the disk is full");
        }
        log.add(outcome);
    }

    private static ObjectNode token(String token) {
        return JsonNodeFactory.instance.objectNode().put("token", token);
    }

    private static Handshake page(Optional<String> origin) {
        return new Handshake(Map.of("facet_session", "page"), origin, "hub:8080", "10.0.0.1");
    }

    private String answer(Handshake handshake, ObjectNode auth) {
        return switch (signIn.connect(handshake, auth)) {
            case Decision.Accept _ -> "in";
            case Decision.Refuse refused -> refused.data().path("code").asText();
        };
    }

    @Test
    void aKeyLetsItsBearerInAndNothingElseDoes() {
        assertThat(answer(Handshake.NONE, token("viewer"))).isEqualTo("in");
        assertThat(answer(Handshake.NONE, token("wrong"))).isEqualTo("unauthenticated");
        assertThat(answer(Handshake.NONE, token(""))).isEqualTo("unauthenticated");
        assertThat(answer(Handshake.NONE, token("box"))).isEqualTo("permission_denied");
    }

    @Test
    void whoComesInIsWrittenDownOrDoesNotComeIn() {
        assertThat(answer(Handshake.NONE, token("viewer"))).isEqualTo("in");
        assertThat(answer(Handshake.NONE, token("box"))).isEqualTo("permission_denied");
        assertThat(answer(Handshake.NONE, token("wrong"))).isEqualTo("unauthenticated");
        assertThat(log).containsExactly("read", "permission_denied");
        writable = false;
        assertThat(answer(Handshake.NONE, token("viewer"))).isEqualTo("unavailable");
    }

    @Test
    void theCookieCountsForThePageItselfOnly() {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        assertThat(answer(page(Optional.empty()), nothing)).isEqualTo("in");
        assertThat(answer(page(Optional.of("http://hub:8080")), nothing)).isEqualTo("in");
        assertThat(answer(page(Optional.of("http://hub:9090")), nothing))
                .isEqualTo("unauthenticated");
        assertThat(answer(page(Optional.of("null")), nothing)).isEqualTo("unauthenticated");
    }

    @Test
    void aKeyHasRoomForSoManyViewers() {
        room = false;
        assertThat(answer(Handshake.NONE, token("viewer"))).isEqualTo("rate_limited");
    }
}
