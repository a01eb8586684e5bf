package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.hub.HubWebFront;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.ManualClock;
import io.facet.hub.web.Http.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts, sessions and tokens over REST, with the real database and a clock of the test's. */
@SuppressWarnings("NullAway.Init") // started before the tests
class UsersIT {
    private static final String PASSWORD = "correct horse battery";

    @TempDir static Path data;

    private static final ManualClock CLOCK = new ManualClock();
    private static DevHub hub;
    private static Http http;
    private static String[] admin;

    @BeforeAll
    static void start() throws Exception {
        hub = DevHub.in(data, new HubWebFront(), io.facet.config.FacetConfig.DEFAULT, CLOCK);
        http = new Http(hub.port());
        admin = new String[] {"X-API-Key", Files.readString(data.resolve("admin-key")).strip()};
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    private static JsonNode user(String name, String role, Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("username", name);
        body.put("role", role);
        body.putIfAbsent("password", PASSWORD);
        Answer added = http.json("POST", "/api/v1/users", body, admin);
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        return added.json();
    }

    private static Answer signIn(String name, String password) {
        return http.json("POST", "/api/v1/session", Map.of("username", name, "password", password));
    }

    private static JsonNode tokens(String name) {
        Answer in =
                http.json(
                        "POST",
                        "/api/v1/session",
                        Map.of("username", name, "password", PASSWORD, "tokens", true));
        assertThat(in.status()).as(in.text()).isEqualTo(200);
        assertThat(in.header("Set-Cookie")).isEmpty();
        return in.json();
    }

    private static Answer refresh(String token) {
        return http.json("POST", "/api/v1/session/refresh", Map.of("refresh_token", token));
    }

    @Test
    void theFirstStartMakesAnAdministratorWhosePasswordOnlyTheOwnerCanRead() throws Exception {
        Path file = data.resolve("admin-password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Answer in = signIn("admin", Files.readString(file).strip());
        assertThat(in.json().path("roles").path(0).asText()).isEqualTo("admin");
        assertThat(in.header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict");
        assertThat(in.text()).doesNotContain("token");
        String cookie = in.header("Set-Cookie").split(";", 2)[0];
        assertThat(http.get("/api/v1/users", "Cookie", cookie).text()).contains("admin");
        http.delete("/api/v1/session", "Cookie", cookie);
        assertThat(http.get("/api/v1/session", "Cookie", cookie).status()).isEqualTo(401);
    }

    @Test
    void withoutAProviderThereIsNoOtherWay() {
        assertThat(http.get("/api/v1/session/ways").text()).isEqualTo("{}");
        for (String path : List.of("/api/v1/session/oidc", "/api/v1/session/oidc/callback")) {
            assertThat(http.get(path).header("Location")).isEqualTo("/?sign_in=not_found");
        }
    }

    @Test
    void usersHaveTheirRoleAndSitesAndNoMore() {
        JsonNode vera = user("Vera", "viewer", Map.of("sites", List.of("north")));
        assertThat(vera.path("username").asText()).isEqualTo("vera");
        assertThat(vera.path("sites").path(0).asText()).isEqualTo("north");
        assertThat(vera.toString()).doesNotContain("argon", PASSWORD);
        String[] her = bearer(tokens("vera").path("access_token").asText());
        assertThat(http.get("/api/faces", her).status()).isEqualTo(200);
        assertThat(http.get("/api/v1/users", her).status()).isEqualTo(403);
        assertThat(
                        http.json("POST", "/api/v1/keys", Map.of("name", "x", "role", "admin"), her)
                                .status())
                .isEqualTo(403);
        String path = "/api/v1/users/" + vera.path("user_id").asText();
        http.json("PATCH", path, Map.of("role", "admin"), admin);
        assertThat(http.get("/api/v1/users", her).status()).isEqualTo(200);
        // An administrator of one site gives away that site only.
        assertThat(
                        http.json(
                                        "POST",
                                        "/api/v1/keys",
                                        Map.of(
                                                "name",
                                                "x",
                                                "role",
                                                "viewer",
                                                "sites",
                                                List.of("s")),
                                        her)
                                .status())
                .isEqualTo(403);
        http.json("PATCH", path, Map.of("disabled", true), admin);
        assertThat(http.get("/api/faces", her).status()).isEqualTo(401);
        assertThat(signIn("vera", PASSWORD).status()).isEqualTo(401);
        assertThat(http.delete(path, admin).status()).isEqualTo(204);
        assertThat(http.get(path, admin).status()).isEqualTo(404);
    }

    @Test
    void weakAndTakenNamesAndPasswordsAreRefused() {
        user("wanda", "viewer", Map.of());
        for (Map<String, String> bad :
                List.of(
                        Map.of("username", "wanda2", "role", "viewer", "password", "short"),
                        Map.of("username", "wanda3", "role", "viewer", "password", "aaaaaaaaaaaaa"),
                        Map.of("username", "wanda4", "role", "viewer"),
                        Map.of("username", "no name", "role", "viewer", "password", PASSWORD),
                        Map.of("username", "wanda5", "role", "device", "password", PASSWORD))) {
            assertThat(http.json("POST", "/api/v1/users", bad, admin).status()).isEqualTo(400);
        }
        assertThat(
                        http.json(
                                        "POST",
                                        "/api/v1/users",
                                        Map.of(
                                                "username", "WANDA",
                                                "role", "viewer",
                                                "password", PASSWORD),
                                        admin)
                                .status())
                .isEqualTo(409);
    }

    @Test
    void guessingIsSlowedMoreAndMoreForKnownAndUnknownNamesAlike() {
        user("gus", "viewer", Map.of());
        for (String name : List.of("gus", "nobody-at-all")) {
            for (int i = 0; i < 5; i++) {
                assertThat(signIn(name, "wrong wrong wrong").status()).isEqualTo(401);
            }
            Answer locked = signIn(name, PASSWORD);
            assertThat(locked.status()).isEqualTo(429);
            assertThat(locked.code()).isEqualTo("rate_limited");
            int first = Integer.parseInt(locked.header("Retry-After"));
            assertThat(first).isBetween(1, 30);
            CLOCK.advance(Duration.ofSeconds(31));
            assertThat(signIn(name, "wrong wrong wrong").status()).isEqualTo(401);
            int second = Integer.parseInt(signIn(name, PASSWORD).header("Retry-After"));
            assertThat(second).isBetween(31, 60);
        }
        CLOCK.advance(Duration.ofSeconds(61));
        assertThat(signIn("gus", PASSWORD).status()).isEqualTo(200);
        assertThat(signIn("gus", "wrong wrong wrong").status()).isEqualTo(401);
        assertThat(signIn("gus", PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void accessTokensEndSoonAndAreRenewedOnceEach() {
        user("tom", "viewer", Map.of());
        JsonNode first = tokens("tom");
        String access = first.path("access_token").asText();
        assertThat(http.get("/api/faces", bearer(access)).status()).isEqualTo(200);
        String forged = access.substring(0, access.length() - 4) + "AAAA";
        assertThat(http.get("/api/faces", bearer(forged)).status()).isEqualTo(401);
        CLOCK.advance(Duration.ofMinutes(16));
        assertThat(http.get("/api/faces", bearer(access)).status()).isEqualTo(401);

        JsonNode second = refresh(first.path("refresh_token").asText()).json();
        String[] now = bearer(second.path("access_token").asText());
        assertThat(http.get("/api/faces", now).status()).isEqualTo(200);

        // Somebody comes with the token that was exchanged: one of the two stole it.
        assertThat(refresh(first.path("refresh_token").asText()).status()).isEqualTo(401);
        assertThat(http.get("/api/faces", now).status()).isEqualTo(401);
        assertThat(refresh(second.path("refresh_token").asText()).status()).isEqualTo(401);
    }

    @Test
    void signingOutEndsEveryTokenOfThatSignInOnly() {
        user("sue", "viewer", Map.of());
        JsonNode here = tokens("sue");
        JsonNode there = tokens("sue");
        String[] mine = bearer(here.path("access_token").asText());
        assertThat(http.delete("/api/v1/session", mine).status()).isEqualTo(204);
        assertThat(http.get("/api/faces", mine).status()).isEqualTo(401);
        assertThat(refresh(here.path("refresh_token").asText()).status()).isEqualTo(401);
        assertThat(http.get("/api/faces", bearer(there.path("access_token").asText())).status())
                .isEqualTo(200);
    }

    @Test
    void aNewPasswordEndsWhatTheOldOneOpened() {
        user("pat", "operator", Map.of());
        String[] old = bearer(tokens("pat").path("access_token").asText());
        Map<String, String> wrong =
                Map.of("current_password", "something else", "new_password", "another horse 77");
        assertThat(http.json("PUT", "/api/v1/users/self/password", wrong, old).status())
                .isEqualTo(401);
        Map<String, String> right =
                Map.of("current_password", PASSWORD, "new_password", "another horse 77");
        assertThat(http.json("PUT", "/api/v1/users/self/password", right, old).status())
                .isEqualTo(204);
        assertThat(http.get("/api/faces", old).status()).isEqualTo(401);
        assertThat(signIn("pat", PASSWORD).status()).isEqualTo(401);
        assertThat(signIn("pat", "another horse 77").status()).isEqualTo(200);
        assertThat(http.json("PUT", "/api/v1/users/self/password", right, admin).status())
                .isEqualTo(400);
    }

    @Test
    void keysEndWhenTheyWereSaidTo() {
        String until = CLOCK.instant().plus(Duration.ofHours(1)).toString();
        Answer issued =
                http.json(
                        "POST",
                        "/api/v1/keys",
                        Map.of("name", "visit", "role", "viewer", "expires_at", until),
                        admin);
        assertThat(issued.json().path("expires_at").asText()).isNotEmpty();
        String[] key = {"X-API-Key", issued.json().path("key").asText()};
        Answer session = http.json("POST", "/api/v1/session", Map.of("key", key[1]));
        String cookie = session.header("Set-Cookie").split(";", 2)[0];
        assertThat(http.get("/api/faces", key).status()).isEqualTo(200);
        assertThat(http.get("/api/faces", "Cookie", cookie).status()).isEqualTo(200);
        assertThat(http.get("/api/v1/keys", admin).text()).contains("last_used_at");
        CLOCK.advance(Duration.ofMinutes(61));
        assertThat(http.get("/api/faces", key).status()).isEqualTo(401);
        assertThat(http.get("/api/faces", "Cookie", cookie).status()).isEqualTo(401);
        assertThat(
                        http.json(
                                        "POST",
                                        "/api/v1/keys",
                                        Map.of("name", "x", "role", "viewer", "expires_at", until),
                                        admin)
                                .status())
                .isEqualTo(400);
    }
}
