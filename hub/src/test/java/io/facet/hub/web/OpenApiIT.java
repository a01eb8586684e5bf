package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.hub.HubWebFront;
import io.facet.hub.api.rest.Endpoint;
import io.facet.hub.api.rest.RestApi;
import io.facet.hub.events.ReceivedEvent;
import io.facet.hub.people.Face;
import io.facet.hub.security.Role;
import io.facet.hub.services.HubServices;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.Sightings;
import io.facet.hub.testing.Zips;
import io.facet.hub.web.Http.Answer;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.model.FaceId;
import io.facet.model.SiteScope;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description that a hub serves of itself, against that hub. */
@SuppressWarnings("NullAway.Init") // started before the tests
class OpenApiIT {
    @TempDir static Path data;

    private static DevHub hub;
    private static HubServices services;
    private static Http http;
    private static String[] admin;
    private static Contract contract;

    @BeforeAll
    static void start() {
        hub = DevHub.in(data, new HubWebFront());
        services = hub.services();
        http = new Http(hub.port());
        String key = services.apiKeys().issue("t", Role.ADMIN, SiteScope.ALL).key().reveal();
        admin = new String[] {"X-API-Key", key};
        contract = new Contract(http.get("/api/openapi.json", admin).json());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void everyRouteIsDescribedWithWhatItNeeds() {
        JsonNode document = http.get("/api/openapi.json", admin).json();
        assertThat(document.path("openapi").asText()).startsWith("3.1");
        Set<String> described = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .fieldNames()
                                .forEachRemaining(m -> described.add(m + " " + path.getKey())));
        Set<String> routed = new TreeSet<>();
        for (Endpoint endpoint : new RestApi(services, services.mqtt()).endpoints()) {
            routed.add(endpoint.method().text().toLowerCase(Locale.ROOT) + " " + endpoint.path());
        }
        assertThat(described).isEqualTo(routed);
        document.path("paths")
                .forEach(path ->
                        path.forEach(operation ->
                                assertThat(
                                                operation.has("security")
                                                        || operation.has("x-permission"))
                                        .as(operation.path("operationId").asText())
                                        .isTrue()));
        assertThat(document.findValuesAsText("operationId")).doesNotHaveDuplicates();
        assertThat(http.get("/api/openapi.json").status()).isEqualTo(401);
    }

    @Test
    void everyDescribedAnswerIsWhatTheHubAnswers() throws Exception {
        people();
        pictures();
        fleetAndEvents();
        enrolments();
        administration();
        assertThat(contract.unseen()).isEmpty();
    }

    private static Answer call(String method, String path, Map<String, ?> body, String... ids) {
        return contract.check(method, path, http.json(method, at(path, ids), body, admin));
    }

    private static Answer get(String path, String... ids) {
        return contract.check(
                "GET", path.replaceFirst("\\?.*", ""), http.get(at(path, ids), admin));
    }

    private static Answer delete(String path, String... ids) {
        return contract.check("DELETE", path, http.delete(at(path, ids), admin));
    }

    private static String at(String path, String... ids) {
        String address = path;
        for (String id : ids) {
            address = address.replaceFirst("\\{[^}]*}", id);
        }
        return address;
    }

    private static String picture(int person) {
        return Base64.getEncoder().encodeToString(FakePictures.of(person));
    }

    private static void people() {
        Answer face =
                call("POST", "/api/faces/register", Map.of("name", "Ada", "image", picture(1)));
        call("POST", "/api/faces/register", Map.of("name", "Other", "image", picture(1)));
        String id = face.json().path("face_id").asText();
        String person = face.json().path("person_id").asText();
        get("/api/faces");
        get("/api/v1/faces?limit=1");
        get("/api/v1/faces/{face_id}", id);
        get("/api/v1/faces/{face_id}/picture.jpg", id);
        call("PATCH", "/api/v1/faces/{face_id}", Map.of("metadata", Map.of("a", "b")), id);
        get("/api/v1/people?q=ada");
        get("/api/v1/people/{person_id}", person);
        get("/api/v1/people/{person_id}/faces", person);
        call("PATCH", "/api/v1/people/{person_id}", Map.of("name", "Ada L."), person);
        call("POST", "/api/v1/people/{person_id}/faces", Map.of("image", picture(1)), person);
        Answer made = call("POST", "/api/v1/people", Map.of("name", "Charles"));
        lists(made.json().path("person_id").asText());
        delete("/api/v1/people/{person_id}", made.json().path("person_id").asText());
        Answer gone = call("POST", "/api/faces/register", Map.of("name", "X", "image", picture(9)));
        delete("/api/faces/delete/{face_id}", gone.json().path("face_id").asText());
        Answer again =
                call("POST", "/api/faces/register", Map.of("name", "X", "image", picture(9)));
        delete("/api/v1/faces/{face_id}", again.json().path("face_id").asText());
    }

    private static void lists(String person) {
        Answer list = call("POST", "/api/v1/watchlists", Map.of("name", "VIP", "threshold", 0.7));
        String id = list.json().path("watchlist_id").asText();
        get("/api/v1/watchlists");
        Answer present = get("/api/v1/watchlists/{watchlist_id}", id);
        String path = "/api/v1/watchlists/{watchlist_id}";
        contract.check(
                "PATCH",
                path,
                http.json("PATCH", at(path, id), Map.of("colour", "#00ff00"), admin));
        contract.check(
                "PATCH",
                path,
                http.json(
                        "PATCH",
                        at(path, id),
                        Map.of("colour", "#00ff00"),
                        admin[0],
                        admin[1],
                        "If-Match",
                        present.header("ETag")));
        call("POST", path + "/people", Map.of("person_ids", List.of(person)), id);
        get(path + "/people", id);
        delete(path + "/people/{person_id}", id, person);
        call("PUT", path + "/people/{person_id}", Map.of(), id, person);
        delete(path, id);
    }

    private static void pictures() {
        call("POST", "/api/v1/recognize", Map.of("image", picture(1)));
        call("POST", "/api/v1/detect", Map.of("image", picture(1)));
        call("POST", "/api/v1/quality", Map.of("image", picture(1)));
        call("POST", "/api/v1/liveness", Map.of("image", picture(1), "session_id", "s"));
        call("POST", "/api/v1/verify", Map.of("image", picture(1), "reference", picture(1)));
    }

    private static void fleetAndEvents() {
        Answer box = call("POST", "/api/v1/devices", Map.of("agent_id", "box-1"));
        String[] device = {"X-API-Key", box.json().path("device_key").asText()};
        contract.check("GET", "/api/v1/devices/self", http.get("/api/v1/devices/self", device));
        get("/api/v1/devices");
        get("/api/v1/devices/{agent_id}", "box-1");
        Map<String, ?> camera = Map.of("name", "Door", "url", "rtsp://x/1", "agent_id", "box-1");
        String id = call("POST", "/api/cameras", camera).json().path("camera_id").asText();
        Map<String, ?> other = Map.of("name", "Yard", "device_id", 1, "agent_id", "box-1");
        String second = call("POST", "/api/v1/cameras", other).json().path("camera_id").asText();
        get("/api/cameras");
        get("/api/v1/cameras");
        get("/api/v1/cameras/{camera_id}", id);
        call("PATCH", "/api/v1/cameras/{camera_id}", Map.of("threshold", 0.8), id);
        Face face =
                services.people()
                        .face(
                                FaceId.parse(
                                        get("/api/faces").json().at("/faces/0/face_id").asText()))
                        .orElseThrow();
        Sightings sightings = new Sightings(new AgentId("box-1"), CameraId.parse(id));
        services.events()
                .ingest(
                        List.of(
                                new ReceivedEvent(
                                        sightings.recognised(
                                                face, Instant.now(), FakePictures.of(1)),
                                        false),
                                new ReceivedEvent(
                                        sightings.unknown(Instant.now(), FakePictures.of(2)),
                                        false)));
        Answer events = get("/api/v1/events?limit=1");
        assertThat(events.json().path("next_cursor").isTextual()).isTrue();
        String event = events.json().at("/events/0/event_id").asText();
        get("/api/v1/events/{event_id}", event);
        get("/api/v1/events/{event_id}/crop.jpg", event);
        get("/api/test/recognize");
        call("POST", "/api/events/dispatch", Map.of("event_type", "door", "data", Map.of()));
        delete("/api/cameras/{camera_id}", id);
        delete("/api/v1/cameras/{camera_id}", second);
        delete("/api/v1/devices/{agent_id}", "box-1");
    }

    private static void enrolments() {
        Answer job =
                contract.check(
                        "POST",
                        "/api/v1/enrolments",
                        http.upload(
                                "/api/v1/enrolments",
                                Zips.of("Eve.png", FakePictures.of(20)),
                                admin));
        String id = job.json().path("job_id").asText();
        get("/api/v1/enrolments");
        Jobs.await(http, id, admin);
        get("/api/v1/enrolments/{job_id}", id);
        get("/api/v1/enrolments/{job_id}/results", id);
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 2000; i++) {
            many.put("Crowd_" + i + ".png", FakePictures.of(21));
        }
        Answer running = http.upload("/api/v1/enrolments", Zips.of(many), admin);
        delete("/api/v1/enrolments/{job_id}", running.json().path("job_id").asText());
        delete("/api/v1/enrolments/{job_id}", id);
        get("/api/v1/export/people.zip");
    }

    private static void administration() {
        Answer key = call("POST", "/api/v1/keys", Map.of("name", "wall", "role", "viewer"));
        get("/api/v1/keys");
        delete("/api/v1/keys/{prefix}", key.json().path("prefix").asText());
        contract.check(
                "POST",
                "/api/v1/session",
                http.json("POST", "/api/v1/session", Map.of("key", admin[1])));
        get("/api/v1/session");
        call("POST", "/api/v1/session/token", Map.of());
        String password = "correct horse battery staple";
        http.json(
                "POST",
                "/api/v1/users",
                Map.of("username", "ada", "password", password, "role", "viewer"),
                admin);
        Answer tokens =
                contract.check(
                        "POST",
                        "/api/v1/session",
                        http.json(
                                "POST",
                                "/api/v1/session",
                                Map.of("username", "ada", "password", password, "tokens", true)));
        contract.check(
                "POST",
                "/api/v1/session/refresh",
                http.json(
                        "POST",
                        "/api/v1/session/refresh",
                        Map.of("refresh_token", tokens.json().path("refresh_token").asText())));
        Answer config = get("/api/v1/config");
        contract.check(
                "PATCH",
                "/api/v1/config",
                http.json(
                        "PATCH",
                        "/api/v1/config",
                        Map.of("settings", Map.of("recognition.max_results", 7)),
                        admin[0],
                        admin[1],
                        "If-Match",
                        config.header("ETag")));
        get("/api/v1/config/history");
        for (String path :
                List.of(
                        "/api/openapi.json",
                        "/api/v1/health",
                        "/health/live",
                        "/health/started",
                        "/health/ready")) {
            get(path);
        }
    }
}
