package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.HubWebFront;
import io.facet.hub.api.rest.Access;
import io.facet.hub.api.rest.Endpoint;
import io.facet.hub.api.rest.RestApi;
import io.facet.hub.people.Enrolment;
import io.facet.hub.security.Permission;
import io.facet.hub.security.Role;
import io.facet.hub.services.HubServices;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.FakeVision;
import io.facet.hub.web.Http.Answer;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.wire.v1.GalleryChanges;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * REST against the whole hub with the real database and the real broker; only its eyes are fake.
 */
@SuppressWarnings("NullAway.Init") // started before the tests
class RestIT {
    @TempDir static Path data;

    private static DevHub hub;
    private static HubServices services;
    private static Http http;
    private static String[] admin;

    @BeforeAll
    static void start() {
        hub = DevHub.in(data, new HubWebFront());
        services = hub.services();
        http = new Http(hub.port());
        admin = key(Role.ADMIN);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static String[] key(Role role) {
        String key = services.apiKeys().issue("test", role, SiteScope.ALL).key().reveal();
        return new String[] {"X-API-Key", key};
    }

    private static String device(String agent) {
        return services.devices().register(new AgentId(agent), SiteId.DEFAULT).key().reveal();
    }

    private static String address(Endpoint endpoint) {
        return endpoint.path().replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
    }

    private static List<Endpoint> endpoints() {
        return new RestApi(services).endpoints();
    }

    private static Answer call(Endpoint endpoint, String... headers) {
        return http.send(
                endpoint.method().text(), address(endpoint), BodyPublishers.noBody(), headers);
    }

    @Test
    void nothingAnswersWithoutACredential() {
        List<String> open =
                endpoints().stream()
                        .filter(e -> e.access() instanceof Access.Open)
                        .map(e -> e.method() + " " + e.path())
                        .toList();
        assertThat(open)
                .containsExactlyInAnyOrder(
                        "POST /api/v1/session",
                        "DELETE /api/v1/session",
                        "POST /api/v1/session/refresh",
                        "GET /api/v1/session/ways",
                        "GET /api/v1/session/oidc",
                        "GET /api/v1/session/oidc/callback",
                        "POST /api/v1/join",
                        "GET /health/live",
                        "GET /health/started",
                        "GET /health/ready");
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.access() instanceof Access.Open) {
                continue;
            }
            for (String[] headers :
                    new String[][] {
                        {},
                        {"X-API-Key", "wrong"},
                        {"Authorization", "Bearer wrong"},
                        {"Cookie", "facet_session=wrong"}
                    }) {
                Answer answer = call(endpoint, headers);
                assertThat(answer.status()).as(endpoint.path()).isEqualTo(401);
                assertThat(answer.code()).isEqualTo("unauthenticated");
                assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
                assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
            }
        }
    }

    @Test
    void whoeverMaySeeEventsGetsAShortLivedToken() {
        String path = "/api/v1/session/token";
        Answer answer = http.json("POST", path, Map.of(), key(Role.VIEWER));
        assertThat(answer.status()).isEqualTo(200);
        String token = answer.json().path("token").asText();
        assertThat(token).startsWith("ft_");
        Instant end = Instant.parse(answer.json().path("expires_at").asText());
        assertThat(end)
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(5)),
                        Instant.now().plus(Duration.ofMinutes(15)));
        assertThat(services.authenticator().bearer(token))
                .hasValueSatisfying(bearer ->
                        assertThat(bearer.principal().roles()).containsExactly(Role.VIEWER));
        assertThat(http.get("/api/faces", "X-API-Key", token).status())
                .as("it opens live connections and nothing else")
                .isEqualTo(401);
        String box = device("token-box");
        assertThat(http.json("POST", path, Map.of(), "X-API-Key", box).status()).isEqualTo(403);
    }

    @Test
    void everyCallRefusesRolesThatLackItsPermission() {
        for (Role role : List.of(Role.VIEWER, Role.SERVICE, Role.OPERATOR)) {
            String[] headers = key(role);
            for (Endpoint endpoint : endpoints()) {
                if (endpoint.access() instanceof Access.Needs(Permission permission)
                        && !role.permissions().contains(permission)) {
                    Answer answer = call(endpoint, headers);
                    assertThat(answer.status())
                            .as(role + " " + endpoint.method() + " " + endpoint.path())
                            .isEqualTo(403);
                    assertThat(answer.code()).isEqualTo("permission_denied");
                }
            }
        }
    }

    @Test
    void aBoxReachesItsOwnCallsOnly() {
        String[] box = {"Authorization", "Bearer " + device("box-a")};
        JsonNode self = http.get("/api/v1/devices/self", box).json();
        assertThat(self.path("agent_id").asText()).isEqualTo("box-a");
        assertThat(self.path("site_id").asText()).isEqualTo("default");
        assertThat(self.path("mqtt").path("url").asText()).startsWith("tcp://127.0.0.1:");
        for (String path : List.of("/api/faces", "/api/cameras", "/api/v1/events")) {
            assertThat(http.get(path, box).status()).as(path).isEqualTo(403);
        }
        assertThat(http.get("/api/v1/devices/self", admin).status()).isEqualTo(403);
    }

    @Test
    void aBoxPullsTheGallery() throws Exception {
        services.people().enrol(Enrolment.of("Synced", FakePictures.of(70)));
        String[] box = {"Authorization", "Bearer " + device("box-b")};
        Answer answer =
                http.get("/api/v1/sync/gallery?since=0&space=" + FakeVision.SPACE.id(), box);
        assertThat(answer.header("Content-Type")).isEqualTo("application/x-protobuf");
        GalleryChanges changes = GalleryChanges.parseFrom(answer.response().body());
        assertThat(changes.getChangesList())
                .anySatisfy(c -> assertThat(c.getPut().getPersonName()).isEqualTo("Synced"));
        assertThat(http.get("/api/v1/sync/gallery?since=0&space=other", box).code())
                .isEqualTo("space_mismatch");
        assertThat(http.get("/api/v1/sync/gallery?since=x", box).status()).isEqualTo(400);
    }

    @Test
    void aFaceIsRegisteredListedShownRecognisedAndDeleted() {
        Answer registered =
                http.form(
                        "/api/faces/register",
                        Map.of("name", "Ada", "metadata", "{\"team\":\"engines\"}"),
                        FakePictures.of(1),
                        admin);
        assertThat(registered.status()).as(registered.text()).isEqualTo(201);
        JsonNode face = registered.json();
        String id = face.path("face_id").asText();
        assertThat(face.path("name").asText()).isEqualTo("Ada");
        assertThat(face.path("quality_score").asDouble()).isEqualTo(0.8);
        assertThat(face.path("quality").path("sharpness").path("passed").asBoolean()).isTrue();
        assertThat(face.path("metadata").path("team").asText()).isEqualTo("engines");

        JsonNode listed = http.get("/api/faces?limit=1000", admin).json();
        assertThat(listed.path("faces").findValuesAsText("face_id")).contains(id);
        assertThat(listed.path("total").asInt()).isPositive();
        Answer picture = http.get("/api/v1/faces/" + id + "/picture.jpg", admin);
        assertThat(picture.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(picture.response().body()).startsWith(0xFF, 0xD8);

        JsonNode seen = recognise(FakePictures.of(1, 1));
        assertThat(seen.path("decision").asText()).isEqualTo("known");
        assertThat(seen.path("candidates").path(0).path("name").asText()).isEqualTo("Ada");
        assertThat(seen.path("candidates").path(0).path("confidence").asDouble())
                .isBetween(0.6, 1.0);

        Answer deleted = http.delete("/api/faces/delete/" + id, admin);
        assertThat(deleted.json().path("success").asBoolean()).isTrue();
        assertThat(deleted.json().path("name").asText()).isEqualTo("Ada");
        assertThat(http.delete("/api/faces/delete/" + id, admin).status()).isEqualTo(404);
        assertThat(recognise(FakePictures.of(1, 1)).path("decision").asText()).isEqualTo("unknown");
    }

    private static JsonNode recognise(byte[] picture) {
        Answer answer =
                http.json("POST", "/api/v1/recognize", Map.of("image", base64(picture)), admin);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("faces").path(0);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void poorPicturesAreRefusedWithReasonsAndKnownFacesWithTheCandidate() {
        Answer dark =
                http.form(
                        "/api/faces/register",
                        Map.of("name", "Dark"),
                        FakePictures.tooDark(),
                        admin);
        assertThat(dark.status()).isEqualTo(422);
        assertThat(dark.code()).isEqualTo("quality_too_low");
        assertThat(dark.json().path("reasons").path(0).path("hint").asText())
                .isEqualTo("use more light");
        assertThat(dark.json().path("quality").path("brightness").path("passed").asBoolean(true))
                .isFalse();
        assertThat(register("Empty", FakePictures.withoutFace()).code()).isEqualTo("no_face");
        assertThat(register("Two", FakePictures.withTwoFaces()).code()).isEqualTo("several_faces");

        assertThat(register("Grace", FakePictures.of(2)).status()).isEqualTo(201);
        Answer other = register("Somebody else", FakePictures.of(2, 1));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("already_exists");
        assertThat(other.json().path("candidate").path("name").asText()).isEqualTo("Grace");
    }

    private static Answer register(String name, byte[] picture) {
        return http.json(
                "POST",
                "/api/faces/register",
                Map.of("name", name, "image", base64(picture)),
                admin);
    }

    @Test
    void badRequestsGetClearAnswers() {
        assertThat(register(" ", FakePictures.of(3)).code()).isEqualTo("invalid_argument");
        assertThat(
                        http.json("POST", "/api/faces/register", Map.of("name", "x"), admin)
                                .json()
                                .path("detail")
                                .asText())
                .contains("\"image\" is missing");
        Answer typo =
                http.json("POST", "/api/cameras", Map.of("nmae", "x", "url", "rtsp://x"), admin);
        assertThat(typo.status()).isEqualTo(400);
        assertThat(typo.json().path("detail").asText()).contains("unknown key \"nmae\"");
        assertThat(post("/api/cameras", "text/plain", "{}").status()).isEqualTo(415);
        assertThat(post("/api/cameras", "application/json", "{").status()).isEqualTo(400);
        assertThat(post("/api/cameras", "application/json", "{\"name\":1}").status())
                .isEqualTo(400);
        assertThat(post("/api/cameras", "application/json", "[".repeat(100_000)).status())
                .isEqualTo(400);
        assertThat(
                        post("/api/cameras", "application/json", "{\"name\":\"a\",\"name\":\"b\"}")
                                .status())
                .isEqualTo(400);
        assertThat(post("/api/faces/register", "multipart/form-data; boundary=x", "none").status())
                .isEqualTo(400);
        for (String query : List.of("limit=0", "limit=1001", "limit=x", "offset=-1")) {
            assertThat(http.get("/api/faces?" + query, admin).status()).as(query).isEqualTo(400);
        }
        for (String query : List.of("cursor=x", "from=now", "kind=none", "camera_id=7")) {
            assertThat(http.get("/api/v1/events?" + query, admin).status())
                    .as(query)
                    .isEqualTo(400);
        }
        assertThat(http.delete("/api/faces/delete/not-an-id", admin).status()).isEqualTo(400);
        assertThat(http.get("/api/nothing", admin).code()).isEqualTo("not_found");
        Answer method = http.delete("/api/faces", admin);
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).isEqualTo("GET");
    }

    private static Answer post(String path, String type, String body) {
        return http.raw(
                "POST", path, type, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), admin);
    }

    @Test
    void bodiesTooLargeAreRefusedBeforeTheyAreRead() {
        int limit = services.config().limits().imageBytes();
        byte[] large = new byte[limit + 200_000];
        Answer form = http.form("/api/faces/register", Map.of("name", "x"), large, admin);
        assertThat(form.status()).isEqualTo(413);
        assertThat(form.code()).isEqualTo("request_too_large");
        Answer chunked =
                http.send(
                        "POST",
                        "/api/cameras",
                        BodyPublishers.ofInputStream(
                                () -> new java.io.ByteArrayInputStream(new byte[2_000_000])),
                        "Content-Type",
                        "application/json",
                        admin[0],
                        admin[1]);
        assertThat(chunked.status()).isEqualTo(413);
    }

    @Test
    void peopleAreListedRenamedAndErased() {
        register("Alan", FakePictures.of(4));
        JsonNode alan = person("Alan");
        String path = "/api/v1/people/" + alan.path("person_id").asText();
        assertThat(alan.path("face_count").asInt()).isEqualTo(1);
        assertThat(
                        http.json("PATCH", path, Map.of("name", "Alan T."), admin)
                                .json()
                                .path("name")
                                .asText())
                .isEqualTo("Alan T.");
        assertThat(http.json("PATCH", path, Map.of("name", ""), admin).status()).isEqualTo(400);
        assertThat(http.get(path, admin).json().path("faces").path(0).path("name").asText())
                .isEqualTo("Alan T.");
        assertThat(http.delete(path, admin).json().path("faces_erased").asInt()).isEqualTo(1);
        assertThat(http.get(path, admin).status()).isEqualTo(404);
    }

    private static JsonNode person(String name) {
        for (JsonNode person : http.get("/api/v1/people?limit=1000", admin).json().path("people")) {
            if (person.path("name").asText().equals(name)) {
                return person;
            }
        }
        throw new AssertionError("nobody is called " + name);
    }

    @Test
    void camerasAreAddedListedAndRemovedWithoutShowingTheirPasswords() {
        device("box-c");
        Answer added =
                http.json(
                        "POST",
                        "/api/cameras",
                        Map.of(
                                "name", "Entrance",
                                "url", "rtsp://viewer:secret@10.0.0.1/stream",
                                "agent_id", "box-c"),
                        admin);
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        String id = added.json().path("camera_id").asText();
        assertThat(added.json().path("state").asText()).isIn("pending", "offline");
        Answer listed = http.get("/api/cameras", admin);
        assertThat(listed.text()).contains(id, "***@10.0.0.1").doesNotContain("secret");
        Answer device =
                http.json(
                        "POST",
                        "/api/cameras",
                        Map.of("name", "Desk", "device_id", "0", "agent_id", "box-c"),
                        admin);
        assertThat(device.json().path("device_id").asInt(-1)).isZero();
        assertThat(http.json("POST", "/api/cameras", Map.of("name", "None"), admin).status())
                .isEqualTo(400);
        Answer removed = http.delete("/api/cameras/" + id, admin);
        assertThat(removed.json().path("name").asText()).isEqualTo("Entrance");
        assertThat(http.delete("/api/cameras/" + id, admin).status()).isEqualTo(404);
    }

    @Test
    void thePageSignsInWithACookieThatOnlyItCanUse() {
        assertThat(http.json("POST", "/api/v1/session", Map.of("key", "wrong")).status())
                .isEqualTo(401);
        Answer in = http.json("POST", "/api/v1/session", Map.of("key", admin[1]));
        assertThat(in.json().path("roles").path(0).asText()).isEqualTo("admin");
        assertThat(in.header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/");
        String cookie = in.header("Set-Cookie").split(";", 2)[0];

        assertThat(http.get("/api/v1/session", "Cookie", cookie).status()).isEqualTo(200);
        assertThat(http.get("/api/faces", "Cookie", cookie).status()).isEqualTo(200);
        String path = "/api/faces/delete/" + UUID.randomUUID();
        assertThat(http.delete(path, "Cookie", cookie).status()).isEqualTo(403);
        assertThat(http.delete(path, "Cookie", cookie, "X-Facet-Request", "1").status())
                .isEqualTo(404);
        assertThat(
                        http.delete(
                                        path,
                                        "Cookie",
                                        cookie,
                                        "X-Facet-Request",
                                        "1",
                                        "Origin",
                                        "http://evil.example")
                                .status())
                .isEqualTo(403);

        Answer out = http.delete("/api/v1/session", "Cookie", cookie);
        assertThat(out.status()).isEqualTo(204);
        assertThat(http.get("/api/faces", "Cookie", cookie).status()).isEqualTo(401);
    }

    @Test
    void keysAreIssuedListedAndRevoked() {
        Answer issued =
                http.json("POST", "/api/v1/keys", Map.of("name", "wall", "role", "viewer"), admin);
        String key = issued.json().path("key").asText();
        assertThat(http.get("/api/faces", "X-API-Key", key).status()).isEqualTo(200);
        assertThat(http.get("/api/v1/keys", admin).text()).contains("wall").doesNotContain(key);
        String prefix = issued.json().path("prefix").asText();
        assertThat(http.delete("/api/v1/keys/" + prefix, admin).status()).isEqualTo(200);
        assertThat(http.get("/api/faces", "X-API-Key", key).status()).isEqualTo(401);
    }

    @Test
    void dispatchedEventsAreMarkedSimulatedAndNotStored() {
        Answer test = http.get("/api/test/recognize", admin);
        JsonNode event = test.json().path("event");
        for (String field :
                List.of("face_id", "name", "camera_id", "camera_name", "confidence", "timestamp")) {
            assertThat(event.has(field)).as(field).isTrue();
        }
        assertThat(event.path("simulated").asBoolean()).isTrue();
        Answer custom =
                http.json(
                        "POST",
                        "/api/events/dispatch",
                        Map.of("event_type", "door_opened", "data", Map.of("door", 3)),
                        admin);
        assertThat(custom.json().path("event").path("door").asInt()).isEqualTo(3);
        assertThat(
                        http.json(
                                        "POST",
                                        "/api/events/dispatch",
                                        Map.of("event_type", "connect", "data", Map.of()),
                                        admin)
                                .status())
                .isEqualTo(400);
        assertThat(http.get("/api/v1/events", admin).json().path("events")).isEmpty();
    }

    @Test
    void healthIsBareForStrangersAndDetailedForOthers() {
        for (String path : List.of("/health/live", "/health/started", "/health/ready")) {
            Answer answer = http.get(path);
            assertThat(answer.status()).as(path + answer.text()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("{\"status\":\"up\"}");
        }
        assertThat(http.get("/api/v1/health", admin).json().path("parts")).isNotEmpty();
    }

    @Test
    void everyAnswerCarriesTheSecurityHeaders() {
        for (String path : List.of("/", "/health/live", "/api/faces", "/nothing")) {
            Answer answer = http.get(path);
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .contains("default-src 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        }
        assertThat(Arrays.asList("/..%2f..%2fetc/passwd", "/%2e%2e/x"))
                .allSatisfy(path -> assertThat(http.get(path).status()).isIn(400, 404));
    }

    @Test
    void aSecondListenerOnAPortSaysThatItIsTaken() {
        int taken = hub.port();
        assertThatThrownBy(() -> new HubWebFront().start(services, "127.0.0.1", taken))
                .isInstanceOfSatisfying(
                        FacetException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.PORT_IN_USE))
                .hasMessageContaining("port " + taken)
                .hasMessageContaining("--port");
        assertThat(http.get("/health/live").status()).isEqualTo(200);
    }
}
