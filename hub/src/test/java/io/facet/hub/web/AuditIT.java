package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.hub.HubWebFront;
import io.facet.hub.security.Role;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.EmbeddedSql;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.web.Http.Answer;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of who did what, over REST and in the database. */
@SuppressWarnings("NullAway.Init") // started before the tests
class AuditIT {
    @TempDir static Path data;

    private static DevHub hub;
    private static Http http;
    private static String[] admin;

    @BeforeAll
    static void start() throws Exception {
        hub = DevHub.in(data, new HubWebFront());
        http = new Http(hub.port());
        admin = new String[] {"X-API-Key", Files.readString(data.resolve("admin-key")).strip()};
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static List<JsonNode> entries(String query) {
        List<JsonNode> entries = new ArrayList<>();
        http.get("/api/v1/audit?limit=1000" + query, admin)
                .json()
                .path("entries")
                .forEach(entries::add);
        return entries;
    }

    private static void awaitEntry(String subject, String action, String outcome) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(entries("&subject=" + subject))
                                .anyMatch(e ->
                                        e.path("action").asText().equals(action)
                                                && e.path("outcome").asText().equals(outcome)));
    }

    /** Sends Engine.IO by polling. */
    private static String polling(String query, String... packet) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                        URI.create(
                                "http://127.0.0.1:"
                                        + hub.port()
                                        + "/socket.io/?EIO=4&transport=polling"
                                        + query));
        if (packet.length > 0) {
            request.POST(HttpRequest.BodyPublishers.ofString(packet[0]));
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test
    void whoWatchesLiveIsWrittenDown() throws Exception {
        String key =
                hub.services().apiKeys().issue("live", Role.VIEWER, SiteScope.ALL).key().reveal();
        var _ = hub.services().devices().register(new AgentId("box-1"), SiteId.DEFAULT);
        String camera =
                http.json(
                                "POST",
                                "/api/cameras",
                                Map.of(
                                        "name",
                                        "Door",
                                        "url",
                                        "rtsp://127.0.0.1/door",
                                        "agent_id",
                                        "box-1"),
                                admin)
                        .json()
                        .path("camera_id")
                        .asText();
        assertThat(camera).isNotEmpty();
        String unknown = "01890a5d-ac96-774b-bcce-b302099a8057";
        String open = polling("");
        String sid = "&sid=" + open.replaceFirst("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
        polling(sid, "40{\"token\":\"" + key + "\"}");
        assertThat(polling(sid)).startsWith("40");
        polling(sid, "42[\"watch_camera\",{\"camera_id\":\"" + camera + "\"}]");
        polling(sid, "42[\"watch_camera\",{\"camera_id\":\"" + unknown + "\"}]");
        polling(
                sid,
                "42[\"subscribe\",{\"events\":[\"unknown_seen\"],\"camera_id\":\""
                        + camera
                        + "\"}]");

        awaitEntry(camera, "socket.io watch_camera", "read");
        awaitEntry(camera, "socket.io subscribe", "read");
        awaitEntry(unknown, "socket.io watch_camera", "not_found");
        assertThat(entries("&actor=" + key.substring(0, 11)))
                .extracting(e -> e.path("action").asText() + " " + e.path("outcome").asText())
                .contains("socket.io connect read");
    }

    @Test
    void failedReadsAreWrittenDownAndCannotFillTheLog() {
        String key =
                hub.services().apiKeys().issue("nosy", Role.VIEWER, SiteScope.ALL).key().reveal();
        String[] nosy = {"X-API-Key", key};
        String actor = "&actor=" + key.substring(0, 11);
        String person = "01890a5d-ac96-774b-bcce-b302099a8058";
        String face = "01890a5d-ac96-774b-bcce-b302099a8059";
        assertThat(http.get("/api/v1/people/" + person, nosy).status()).isEqualTo(404);
        assertThat(http.get("/api/v1/users", nosy).status()).isEqualTo(403);
        awaitEntry(person, "GET /api/v1/people/{person_id}", "not_found");
        assertThat(entries(actor))
                .extracting(e -> e.path("action").asText() + " " + e.path("outcome").asText())
                .containsExactly(
                        "GET /api/v1/users permission_denied",
                        "GET /api/v1/people/{person_id} not_found");

        for (int i = 0; i < 300; i++) {
            http.get("/api/v1/faces/" + face + "/picture.jpg", nosy);
        }
        assertThat(http.get("/api/v1/people", nosy).status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(entries(actor).getFirst().path("outcome").asText())
                                .isEqualTo("read"));
        assertThat(entries(actor)).hasSize(100 + 1 + 1);
        assertThat(entries(actor).get(1).path("action").asText())
                .isEqualTo("refusals left out from here");
    }

    @Test
    void readsAndChangesAreWrittenDownByIdsOnlyAndTamperingIsFound() throws Exception {
        Answer registered =
                http.form(
                        "/api/faces/register",
                        Map.of("name", "Rosalind Franklin"),
                        FakePictures.of(71),
                        admin);
        assertThat(registered.status()).as(registered.text()).isEqualTo(201);
        String face = registered.json().path("face_id").asText();
        String person = registered.json().path("person_id").asText();
        http.get("/api/v1/people", admin);
        http.get("/api/v1/faces/" + face + "/picture.jpg", admin);
        http.json("PATCH", "/api/v1/people/" + person, Map.of("name", "R. Franklin"), admin);
        String viewer =
                hub.services().apiKeys().issue("v", Role.VIEWER, SiteScope.ALL).key().reveal();
        http.delete("/api/v1/people/" + person, "X-API-Key", viewer);
        http.delete("/api/v1/people/" + person, admin);

        awaitEntry(face, "POST /api/faces/register", "done");
        awaitEntry(person, "GET /api/v1/people", "read");
        awaitEntry(face, "GET /api/v1/faces/{face_id}/picture.jpg", "read");
        awaitEntry(person, "PATCH /api/v1/people/{person_id}", "begun");
        awaitEntry(person, "DELETE /api/v1/people/{person_id}", "done");
        String viewers = viewer.substring(0, 11);
        assertThat(entries("&actor=" + viewers))
                .singleElement()
                .satisfies(
                        e -> assertThat(e.path("outcome").asText()).isEqualTo("permission_denied"));
        assertThat(http.get("/api/v1/audit?limit=1000", admin).text())
                .doesNotContain("Franklin", "127.0.0.1");

        JsonNode first = http.get("/api/v1/audit?limit=2", admin).json();
        JsonNode second =
                http.get(
                                "/api/v1/audit?limit=2&cursor="
                                        + first.path("next_cursor").asText(),
                                admin)
                        .json();
        assertThat(second.path("entries").path(0).path("entry").asLong())
                .isLessThan(first.path("entries").path(1).path("entry").asLong());

        assertThat(http.get("/api/v1/audit/verify", admin).json().path("ok").asBoolean()).isTrue();
        long entry = entries("&subject=" + person).getLast().path("entry").asLong();
        try (EmbeddedSql sql = EmbeddedSql.of(data)) {
            assertThat(
                            sql.update(
                                    "UPDATE audit_entries SET actor = 'somebody' WHERE entry = "
                                            + entry))
                    .isEqualTo(1);
        }
        JsonNode verdict = http.get("/api/v1/audit/verify", admin).json();
        assertThat(verdict.path("ok").asBoolean()).isFalse();
        assertThat(verdict.path("broken").path(0).asText()).contains(String.valueOf(entry));
    }
}
