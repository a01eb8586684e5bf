package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.hub.HubWebFront;
import io.facet.hub.api.rest.Endpoint;
import io.facet.hub.api.rest.RestApi;
import io.facet.hub.events.ReceivedEvent;
import io.facet.hub.people.Face;
import io.facet.hub.security.Role;
import io.facet.hub.services.HubServices;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.EmbeddedSql;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.FakeVision;
import io.facet.hub.testing.LiveBox;
import io.facet.hub.testing.Releases;
import io.facet.hub.testing.Sightings;
import io.facet.hub.testing.SoftwareBox;
import io.facet.hub.testing.Zips;
import io.facet.hub.web.Http.Answer;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.model.FaceId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
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
    /** An alert fires at once: no disk is quite empty. */
    private static final String CONFIG =
            """
            {"alerts": {"interval": 1, "disk_free": {"threshold": 1, "for_duration": 0}},
             "webhooks": {"allow_private": true, "max_attempts": 1}}
            """;

    @TempDir static Path data;

    private static DevHub hub;
    private static HubServices services;
    private static Http http;
    private static String[] admin;
    private static Contract contract;

    @BeforeAll
    static void start() {
        hub = DevHub.in(data, new HubWebFront(), CONFIG);
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
        for (Endpoint endpoint : new RestApi(services).endpoints()) {
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

    /** docs/api.md has each call in one row of its tables, and no other. */
    @Test
    void theManualNamesEveryCallOnce() throws Exception {
        JsonNode document = http.get("/api/openapi.json", admin).json();
        List<String> described = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .fieldNames()
                                .forEachRemaining(m ->
                                        described.add(
                                                m.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(Manual.calls(Path.of("..", "docs", "api.md")))
                .containsExactlyInAnyOrderElementsOf(described);
    }

    @Test
    void everyDescribedAnswerIsWhatTheHubAnswers() throws Exception {
        people();
        pictures();
        fleetAndEvents();
        software();
        enrolments();
        consent();
        erasure();
        administration();
        accounts();
        otherWays();
        alerts();
        webhooks();
        upkeep();
        assertThat(contract.unseen()).isEqualTo(JoiningIT.CALLS);
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

    private static void live(String device, String camera) throws Exception {
        URI broker = services.mqtt();
        try (LiveBox _ =
                LiveBox.connect(new AgentId("box-1"), device, broker, CameraId.parse(camera))) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            get("/api/v1/cameras/{camera_id}", camera)
                                    .json()
                                    .path("state")
                                    .asText()
                                    .equals("streaming"));
            get("/api/v1/cameras/{camera_id}/snapshot.jpg", camera);
            String stream = "/api/v1/cameras/{camera_id}/stream.mjpeg";
            contract.check("GET", stream, http.beginning(at(stream, camera), 100, admin));
        }
    }

    private static void fleetAndEvents() throws Exception {
        Answer box = call("POST", "/api/v1/devices", Map.of("agent_id", "box-1"));
        String[] device = {"X-API-Key", box.json().path("device_key").asText()};
        contract.check("GET", "/api/v1/devices/self", http.get("/api/v1/devices/self", device));
        contract.check(
                "GET",
                "/api/v1/sync/gallery",
                http.get("/api/v1/sync/gallery?since=0&space=" + FakeVision.SPACE.id(), device));
        get("/api/v1/devices");
        get("/api/v1/join-tokens");
        get("/api/v1/devices/{agent_id}", "box-1");
        get("/api/v1/devices/{agent_id}/gallery", "box-1");
        call("PUT", "/api/v1/devices/{agent_id}/gallery", Map.of("mode", "all"), "box-1");
        Map<String, ?> camera = Map.of("name", "Door", "url", "rtsp://x/1", "agent_id", "box-1");
        String id = call("POST", "/api/cameras", camera).json().path("camera_id").asText();
        Map<String, ?> other = Map.of("name", "Yard", "device_id", 1, "agent_id", "box-1");
        String second = call("POST", "/api/v1/cameras", other).json().path("camera_id").asText();
        get("/api/cameras");
        get("/api/v1/cameras");
        get("/api/v1/cameras/{camera_id}", id);
        get("/api/v1/cameras/{camera_id}/funnel", id);
        call("PATCH", "/api/v1/cameras/{camera_id}", Map.of("threshold", 0.8), id);
        live(device[1], id);
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

    private static void software() throws Exception {
        Answer box = call("POST", "/api/v1/devices", Map.of("agent_id", "box-2"));
        String key = box.json().path("device_key").asText();
        call("PATCH", "/api/v1/devices/{agent_id}", Map.of("groups", List.of("lab")), "box-2");
        String files = "/api/v1/artefacts";
        byte[] release = Releases.signed(data, "facet-edge", "2.0.0", "amd64");
        Answer added = http.raw("POST", files, "application/octet-stream", release, admin);
        String sha256 = contract.check("POST", files, added).json().path("sha256").asText();
        Answer models = call("POST", files + "/models", Map.of("pack", "coarse"));
        get(files);
        get(files + "/{sha256}", sha256);
        delete(files + "/{sha256}", models.json().path("sha256").asText());
        String all = "/api/v1/rollouts";
        String one = all + "/{rollout_id}";
        String id = begun(sha256);
        try (SoftwareBox asked = SoftwareBox.connect("box-2", key, services.mqtt(), "amd64")) {
            asked.report("1.0.0", "current");
            await().atMost(Duration.ofSeconds(60)).until(() -> asked.isAskedFor(sha256));
            String file = "/api/v1/sync/artefacts/{sha256}";
            contract.check("GET", file, http.get(at(file, sha256), asked.key()));
            get(one + "/devices", id);
            get("/api/v1/devices/{agent_id}", "box-2");
        }
        get(all);
        get(one, id);
        for (String turn : List.of("/pause", "/resume", "/stop", "/roll-back")) {
            call("POST", one + turn, Map.of(), id);
        }
        rolledBack(one);
        delete("/api/v1/devices/{agent_id}", "box-2");
    }

    private static String begun(String sha256) {
        Map<String, ?> wish =
                Map.of("artefacts", List.of(sha256), "stages", List.of(Map.of("percent", 100)));
        return call("POST", "/api/v1/rollouts", wish).json().path("rollout_id").asText();
    }

    private static void rolledBack(String one) {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        get("/api/v1/models")
                                .json()
                                .at("/present/state")
                                .asText()
                                .equals("complete"));
        Answer models = call("POST", "/api/v1/artefacts/models", Map.of("pack", "fake"));
        String id = begun(models.json().path("sha256").asText());
        call("POST", one + "/roll-back", Map.of(), id);
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
        get("/api/v1/models");
        call("POST", "/api/v1/models/prepare", Map.of("pack", "coarse"));
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

    private static void consent() {
        String path = "/api/v1/people/{person_id}/consent";
        String person = get("/api/v1/people").json().at("/people/0/person_id").asText();
        get(path, person);
        call("PUT", path, Map.of("basis", "contract", "reference", "12"), person);
        get(path, person);
        call(
                "PUT",
                path,
                Map.of("basis", "contract", "withdrawn_at", Instant.now().toString()),
                person);
        get("/api/v1/people/{person_id}/export", person);
    }

    private static void erasure() {
        String person =
                call("POST", "/api/v1/people", Map.of("name", "Gone"))
                        .json()
                        .path("person_id")
                        .asText();
        delete("/api/v1/people/{person_id}", person);
        services.devices().register(new AgentId("box-9"), SiteId.DEFAULT);
        Answer receipt = get("/api/v1/people/{person_id}/erasure", person);
        assertThat(receipt.json().findValuesAsText("agent_id")).contains("box-9");
        assertThat(receipt.json().findValues("erased"))
                .as("a box that never reported has not")
                .allSatisfy(erased -> assertThat(erased.asBoolean()).isFalse());
        services.devices().remove(new AgentId("box-9"), SiteScope.ALL);
    }

    private static void accounts() {
        String password = "correct horse battery staple";
        Map<String, ?> wish =
                Map.of(
                        "username",
                        "ada",
                        "password",
                        password,
                        "role",
                        "viewer",
                        "sites",
                        List.of("default"));
        String id = call("POST", "/api/v1/users", wish).json().path("user_id").asText();
        String[] ada = signedIn(password);
        contract.check("GET", "/api/v1/session", http.get("/api/v1/session", ada));
        Map<String, ?> passwords =
                Map.of("current_password", password, "new_password", password + " 2");
        String own = "/api/v1/users/self/password";
        contract.check("PUT", own, http.json("PUT", own, passwords, ada));
        String[] again = signedIn(password + " 2");
        contract.check("DELETE", "/api/v1/session", http.delete("/api/v1/session", again));
        assertThat(pages("/api/v1/users?x=", "users", admin)).isEqualTo(2);
        get("/api/v1/users/{user_id}", id);
        call("PATCH", "/api/v1/users/{user_id}", Map.of("role", "operator"), id);
        delete("/api/v1/users/{user_id}", id);
        get("/api/v1/users/{user_id}", id);
    }

    /** How browsers are sent on; who is let in is {@link OpenIdIT}'s. */
    private static void otherWays() {
        get("/api/v1/session/ways");
        get("/api/v1/session/oidc");
        get("/api/v1/session/oidc/callback?error=access_denied");
    }

    private static String[] signedIn(String password) {
        Map<String, ?> wish = Map.of("username", "ada", "password", password, "tokens", true);
        String path = "/api/v1/session";
        Answer tokens = contract.check("POST", path, http.json("POST", path, wish));
        Map<String, ?> refresh =
                Map.of("refresh_token", tokens.json().path("refresh_token").asText());
        Answer next =
                contract.check(
                        "POST", path + "/refresh", http.json("POST", path + "/refresh", refresh));
        return new String[] {
            "Authorization", "Bearer " + next.json().path("access_token").asText()
        };
    }

    private static void alerts() throws Exception {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> get("/api/v1/alerts?state=firing").json().at("/total").asInt() > 0);
        Answer firing = get("/api/v1/alerts?rule=disk_free&limit=1");
        String id = firing.json().at("/alerts/0/alert_id").asText();
        // Of the same moment, so that only their ids say which comes first; two are another site's.
        try (EmbeddedSql sql = EmbeddedSql.of(data)) {
            sql.update(
                    "INSERT INTO alerts (alert_id, rule, subject, summary, site_id, severity,"
                            + " state, value, threshold, started_at, resolved_at, notified)"
                            + " SELECT gen_random_uuid(), 'spoof_attempts', n::text, '',"
                            + " CASE WHEN n > 3 THEN 'far-away' END, 'info', 'resolved', 1, 1,"
                            + " date_trunc('hour', now()), now(), true"
                            + " FROM generate_series(1, 5) n");
        }
        assertThat(pages("/api/v1/alerts?state=resolved&rule=spoof_attempts", "alerts", admin))
                .isEqualTo(5);
        SiteScope here = new SiteScope.Only(Set.of(SiteId.DEFAULT));
        String key = services.apiKeys().issue("here", Role.VIEWER, here).key().reveal();
        assertThat(
                        pages(
                                "/api/v1/alerts?state=resolved&rule=spoof_attempts",
                                "alerts",
                                "X-API-Key",
                                key))
                .isEqualTo(3);
        get("/api/v1/alerts?cursor=x");
        get("/api/v1/alert-rules");
        get("/api/v1/alerts/{alert_id}", id);
        call("POST", "/api/v1/alerts/{alert_id}/acknowledge", Map.of(), id);
        String silence = "/api/v1/alerts/{alert_id}/silence";
        call("POST", silence, Map.of("until", Instant.now().plusSeconds(60).toString()), id);
        delete(silence, id);
    }

    private static void webhooks() {
        String path = "/api/v1/webhooks";
        String one = path + "/{webhook_id}";
        // Nobody listens there.
        Map<String, ?> wish = Map.of("url", "http://127.0.0.1:9/x", "events", List.of("door"));
        String id = call("POST", path, wish).json().path("webhook_id").asText();
        call("POST", path, wish);
        assertThat(pages(path + "?x=", "webhooks", admin)).isEqualTo(2);
        get(one, id);
        call("PATCH", one, Map.of("description", "the door"), id);
        for (int i = 0; i < 3; i++) {
            call("POST", one + "/test", Map.of(), id);
        }
        Set<String> seen = new HashSet<>();
        String next = "";
        do {
            Answer page = get(one + "/deliveries?limit=1" + next, id);
            assertThat(page.json().path("total").asInt()).isEqualTo(3);
            seen.add(page.json().at("/deliveries/0/delivery_id").asText());
            String cursor = page.json().path("next_cursor").asText("");
            next = cursor.isEmpty() ? "" : "&cursor=" + cursor;
        } while (!next.isEmpty());
        assertThat(seen).hasSize(3);
        String given = one + "/deliveries?state=dead";
        await().atMost(Duration.ofSeconds(60))
                .until(() -> get(given, id).json().path("total").asInt() > 0);
        String dead = get(given, id).json().at("/deliveries/0/delivery_id").asText();
        call("POST", one + "/deliveries/{delivery_id}/redeliver", Map.of(), id, dead);
        delete(one, id);
    }

    private static void upkeep() {
        Answer audit = get("/api/v1/audit?limit=2");
        get("/api/v1/audit?limit=2&cursor=" + audit.json().path("next_cursor").asText());
        assertThat(get("/api/v1/audit?from=yesterday").status()).isEqualTo(400);
        get("/api/v1/audit/verify");
        call("POST", "/api/v1/security/master-key/rotate", Map.of());
        get("/metrics");
    }

    /** Reads a list one by one: every row comes once, as many as its total says. */
    private static int pages(String query, String rows, String... key) {
        String path = query.replaceFirst("\\?.*", "");
        Set<String> seen = new HashSet<>();
        int total;
        String next = "";
        do {
            Answer answer = http.get(query + "&limit=1" + next, key);
            JsonNode page = contract.check("GET", path, answer).json();
            total = page.path("total").asInt();
            page.path(rows).forEach(row -> assertThat(seen.add(row.toString())).isTrue());
            String cursor = page.path("next_cursor").asText("");
            next = page.path("next_cursor").isTextual() ? "&cursor=" + cursor : "";
        } while (!next.isEmpty());
        assertThat(seen).as(query).hasSize(total).isNotEmpty();
        return total;
    }
}
