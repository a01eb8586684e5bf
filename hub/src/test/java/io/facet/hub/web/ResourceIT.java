package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.hub.HubWebFront;
import io.facet.hub.api.rest.Access;
import io.facet.hub.api.rest.Endpoint;
import io.facet.hub.api.rest.RestApi;
import io.facet.hub.events.HubEvent;
import io.facet.hub.events.HubFeed;
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
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The resources under {@code /api/v1} of a whole hub; only its eyes are fake. */
@SuppressWarnings("NullAway.Init") // started before the tests
class ResourceIT {
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

    private static String[] and(String... more) {
        List<String> headers = new ArrayList<>(List.of(admin));
        headers.addAll(List.of(more));
        return headers.toArray(String[]::new);
    }

    private static Answer post(String path, Map<String, ?> body, String... more) {
        return http.json("POST", path, body, and(more));
    }

    private static Answer patch(String path, Map<String, ?> body, String... more) {
        return http.json("PATCH", path, body, and(more));
    }

    private static String image(int person) {
        return Base64.getEncoder().encodeToString(FakePictures.of(person));
    }

    private static JsonNode enrolled(String name, int person) {
        Answer answer = post("/api/faces/register", Map.of("name", name, "image", image(person)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    // ---- people and faces

    @Test
    void peopleAreMadeFoundByNameAndExternalIdAndChanged() {
        Answer made =
                post(
                        "/api/v1/people",
                        Map.of("name", "Zoë Müller-Lüdenscheid", "external_id", "E-77"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String id = made.json().path("person_id").asText();
        assertThat(found("q=zoe+MULLER")).containsExactly(id);
        assertThat(found("q=zoe+nobody")).isEmpty();
        assertThat(found("external_id=E-77")).containsExactly(id);
        assertThat(found("external_id=E-78")).isEmpty();
        assertThat(post("/api/v1/people", Map.of("name", "x", "external_id", "E-77")).status())
                .isEqualTo(409);
        String path = "/api/v1/people/" + id;
        assertThat(patch(path, Map.of("name", "Zoe Smith")).status()).isEqualTo(200);
        assertThat(found("q=muller")).isEmpty();
        assertThat(found("q=smith")).containsExactly(id);
        java.util.Map<String, Object> without = new java.util.HashMap<>();
        without.put("external_id", null);
        assertThat(patch(path, without).json().path("external_id").isNull()).isTrue();
        Answer face = post(path + "/faces", Map.of("image", image(31)));
        assertThat(face.json().path("person_id").asText()).isEqualTo(id);
        assertThat(face.json().path("name").asText()).isEqualTo("Zoe Smith");
        assertThat(http.delete(path, admin).status()).isEqualTo(200);
        assertThat(found("q=smith")).isEmpty();
    }

    private static List<String> found(String query) {
        return http.get("/api/v1/people?" + query, admin)
                .json()
                .path("people")
                .findValuesAsText("person_id");
    }

    @Test
    void pagesByCursorStayRightWhilePeopleComeAndGo() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(
                    post("/api/v1/people", Map.of("name", "Paged " + i))
                            .json()
                            .path("person_id")
                            .asText());
        }
        JsonNode first = http.get("/api/v1/people?q=paged&limit=2", admin).json();
        assertThat(first.path("people").findValuesAsText("person_id"))
                .containsExactlyElementsOf(made.subList(0, 2));
        assertThat(first.path("total").asInt()).isEqualTo(5);
        http.delete("/api/v1/people/" + made.get(0), admin);
        http.delete("/api/v1/people/" + made.get(1), admin);
        String cursor = first.path("next_cursor").asText();
        JsonNode next = http.get("/api/v1/people?q=paged&limit=3&cursor=" + cursor, admin).json();
        assertThat(next.path("people").findValuesAsText("person_id"))
                .containsExactlyElementsOf(made.subList(2, 5));
        assertThat(next.path("next_cursor").isNull()).isTrue();
        assertThat(
                        http.get("/api/v1/people?limit=1&cursor=" + cursor + "&offset=1", admin)
                                .status())
                .isEqualTo(400);
        assertThat(everyPerson(1)).isEqualTo(everyPerson(1000)).doesNotHaveDuplicates();
        assertThat(http.get("/api/v1/people?cursor=%21", admin).status()).isEqualTo(400);
    }

    private static List<String> everyPerson(int limit) {
        List<String> all = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = http.get("/api/v1/people?limit=" + limit + cursor, admin).json();
            all.addAll(page.path("people").findValuesAsText("person_id"));
            if (page.path("next_cursor").isNull()) {
                return all;
            }
            cursor = "&cursor=" + page.path("next_cursor").asText();
        }
    }

    @Test
    void aChangeOfAnOldStateIsRefused() {
        String id = enrolled("Tagged", 32).path("person_id").asText();
        String path = "/api/v1/people/" + id;
        String tag = http.get(path, admin).header("ETag");
        assertThat(http.get(path, and("If-None-Match", tag)).status()).isEqualTo(304);
        Answer changed = patch(path, Map.of("name", "Tagged 2"), "If-Match", tag);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isNotEqualTo(tag);
        Answer late = patch(path, Map.of("name", "Tagged 3"), "If-Match", tag);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("precondition_failed");
        assertThat(http.get(path, admin).json().path("name").asText()).isEqualTo("Tagged 2");
        assertThat(patch(path, Map.of("name", "Tagged 4"), "If-Match", "*").status())
                .isEqualTo(200);
    }

    // ---- repetition

    @Test
    void aRepeatedWriteIsDoneOnce() {
        Map<String, ?> body = Map.of("name", "Once");
        Answer first = post("/api/v1/people", body, "Idempotency-Key", "k-1");
        Answer again = post("/api/v1/people", body, "Idempotency-Key", "k-1");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(found("q=once")).hasSize(1);
        Answer other = post("/api/v1/people", Map.of("name", "Twice"), "Idempotency-Key", "k-1");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
        // Another principal's keys are their own.
        String[] service = key(Role.SERVICE);
        Answer theirs =
                http.json(
                        "POST",
                        "/api/v1/people",
                        Map.of("name", "Once"),
                        service[0],
                        service[1],
                        "Idempotency-Key",
                        "k-1");
        assertThat(theirs.json().path("person_id")).isNotEqualTo(first.json().path("person_id"));
        // A failure is not kept.
        assertThat(post("/api/v1/people", Map.of("name", ""), "Idempotency-Key", "k-2").status())
                .isEqualTo(400);
        assertThat(post("/api/v1/people", Map.of("name", "Now"), "Idempotency-Key", "k-2").status())
                .isEqualTo(201);
    }

    @Test
    void aRepeatedFormWithAnotherBoundaryIsTheSame() {
        Answer first = form("one-boundary");
        Answer again = form("quite-another-boundary");
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
    }

    private static Answer form(String boundary) {
        String head =
                "--"
                        + boundary
                        + "\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nForm\r\n--"
                        + boundary
                        + "\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n";
        java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
        body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(FakePictures.of(33));
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return http.raw(
                "POST",
                "/api/faces/register",
                "multipart/form-data; boundary=" + boundary,
                body.toByteArray(),
                and("Idempotency-Key", "form-1"));
    }

    @Test
    void everyKindOfRefusalLeavesTheKeyFreeForAnotherBody() {
        String poor =
                Base64.getEncoder().encodeToString("no picture".getBytes(StandardCharsets.UTF_8));
        assertThat(
                        post(
                                        "/api/faces/register",
                                        Map.of("name", "R", "image", poor),
                                        "Idempotency-Key",
                                        "r-1")
                                .status())
                .isEqualTo(400);
        assertThat(
                        http.raw(
                                        "POST",
                                        "/api/v1/people",
                                        "text/plain",
                                        new byte[1],
                                        and("Idempotency-Key", "r-1"))
                                .status())
                .isEqualTo(415);
        Answer done = post("/api/v1/watchlists", Map.of("name", "R"), "Idempotency-Key", "r-1");
        assertThat(done.status()).isEqualTo(201);
        String path = "/api/v1/watchlists/" + done.json().path("watchlist_id").asText();
        Answer gone = http.delete(path, and("Idempotency-Key", "r-2"));
        assertThat(gone.status()).isEqualTo(204);
        assertThat(http.delete(path, and("Idempotency-Key", "r-2")).status()).isEqualTo(204);
        assertThat(http.delete(path, admin).status()).isEqualTo(404);
    }

    @Test
    void aRepeatedUploadIsKnownByAddressAndLength() {
        byte[] zip = Zips.of("Up.png", FakePictures.of(57));
        Answer first = http.upload("/api/v1/enrolments", zip, and("Idempotency-Key", "u-1"));
        assertThat(first.status()).as(first.text()).isEqualTo(202);
        String job = first.json().path("job_id").asText();
        Jobs.await(http, job, admin);
        Answer again = http.upload("/api/v1/enrolments", zip, and("Idempotency-Key", "u-1"));
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json()).isEqualTo(first.json());
        byte[] other = Zips.of("Quite another name.png", FakePictures.of(57));
        assertThat(http.upload("/api/v1/enrolments", other, and("Idempotency-Key", "u-1")).status())
                .isEqualTo(422);
    }

    @Test
    void aSecretIsNotKeptForARepetition() {
        Map<String, ?> body = Map.of("name", "wall", "role", "viewer");
        assertThat(post("/api/v1/keys", body, "Idempotency-Key", "s-1").status()).isEqualTo(201);
        Answer again = post("/api/v1/keys", body, "Idempotency-Key", "s-1");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("detail").asText()).contains("secret");
    }

    // ---- pictures

    @Test
    void recognitionSaysWhatItRestsOn() {
        enrolled("Traced", 34);
        enrolled("Beside", 35);
        Answer answer =
                post(
                        "/api/v1/recognize",
                        Map.of("image", image(34), "threshold", 0.55, "max_results", 2));
        JsonNode trace = answer.json().at("/faces/0/trace");
        assertThat(trace.path("threshold").asDouble()).isEqualTo(0.55);
        assertThat(trace.path("threshold_source").asText()).isEqualTo("request");
        assertThat(trace.path("runners_up")).hasSize(1);
        assertThat(trace.path("quality_passed").asBoolean()).isTrue();
        assertThat(trace.path("best_confidence").asDouble()).isGreaterThan(0.9);
        Answer plain = post("/api/v1/recognize", Map.of("image", image(34)));
        assertThat(plain.json().at("/faces/0/trace/threshold_source").asText()).isEqualTo("system");
        assertThat(post("/api/v1/recognize", Map.of("image", image(34), "threshold", 2)).status())
                .isEqualTo(400);
    }

    @Test
    void picturesAreDetectedMeasuredAndCompared() {
        JsonNode ada = enrolled("Compared", 36);
        Answer detected = post("/api/v1/detect", Map.of("image", image(36)));
        assertThat(detected.json().at("/faces/0/landmarks")).hasSize(5);
        Answer measured = post("/api/v1/quality", Map.of("image", image(36)));
        assertThat(measured.json().at("/faces/0/quality/sharpness/passed").asBoolean()).isTrue();
        Answer alive = post("/api/v1/liveness", Map.of("image", image(36), "session_id", "s1"));
        assertThat(alive.json().at("/liveness/performed").asBoolean(true)).isFalse();
        assertThat(
                        post("/api/v1/liveness", Map.of("image", image(36), "session_id", "a/b"))
                                .status())
                .isEqualTo(400);
        String person = ada.path("person_id").asText();
        Answer same = post("/api/v1/verify", Map.of("image", image(36), "person_id", person));
        assertThat(same.json().path("verdict").asText()).isEqualTo("match");
        assertThat(same.json().path("face_id").asText()).isEqualTo(ada.path("face_id").asText());
        Answer other = post("/api/v1/verify", Map.of("image", image(37), "person_id", person));
        assertThat(other.json().path("match").asBoolean(true)).isFalse();
        Answer pair =
                http.form(
                        "/api/v1/verify",
                        Map.of("person_id", person, "threshold", "0.99"),
                        FakePictures.of(36),
                        admin);
        assertThat(pair.json().path("threshold").asDouble()).isEqualTo(0.99);
        Answer two = post("/api/v1/verify", Map.of("image", image(36), "reference", image(37)));
        assertThat(two.json().path("verdict").asText()).isEqualTo("no_match");
        assertThat(two.json().has("face_id")).isFalse();
        assertThat(post("/api/v1/verify", Map.of("image", image(36))).status()).isEqualTo(400);
        String nobody = UUID.randomUUID().toString();
        assertThat(post("/api/v1/verify", Map.of("image", image(36), "person_id", nobody)).status())
                .isEqualTo(404);
    }

    // ---- watchlists

    @Test
    void aWatchlistNarrowsRecognitionAndDecidesItsThreshold() {
        String watched = enrolled("Watched", 38).path("person_id").asText();
        enrolled("Unwatched", 39);
        String list = watchlist(Map.of("name", "Narrow", "threshold", 0.7));
        String members = "/api/v1/watchlists/" + list + "/people";
        assertThat(
                        post(members, Map.of("person_ids", List.of(watched)))
                                .json()
                                .path("people")
                                .asInt())
                .isEqualTo(1);
        Answer seen = post("/api/v1/recognize", Map.of("image", image(38), "watchlist", list));
        assertThat(seen.json().at("/faces/0/decision").asText()).isEqualTo("known");
        assertThat(seen.json().at("/faces/0/trace/threshold_source").asText())
                .isEqualTo("watchlist");
        assertThat(seen.json().at("/faces/0/trace/searched").asInt()).isEqualTo(1);
        Answer other = post("/api/v1/recognize", Map.of("image", image(39), "watchlist", list));
        assertThat(other.json().at("/faces/0/decision").asText()).isEqualTo("unknown");
        assertThat(
                        post(members, Map.of("person_ids", List.of(UUID.randomUUID().toString())))
                                .status())
                .isEqualTo(404);
        assertThat(http.delete("/api/v1/people/" + watched, admin).status()).isEqualTo(200);
        assertThat(http.get(members, admin).json().path("people")).isEmpty();
    }

    @Test
    void watchlistsAreChangedWithTheirTagOnlyAndOneNameIsOnce() {
        String list = watchlist(Map.of("name", "Named"));
        String path = "/api/v1/watchlists/" + list;
        assertThat(post("/api/v1/watchlists", Map.of("name", "named")).status()).isEqualTo(409);
        Answer without = patch(path, Map.of("colour", "#123456"));
        assertThat(without.status()).isEqualTo(428);
        assertThat(without.code()).isEqualTo("precondition_required");
        String tag = http.get(path, admin).header("ETag");
        Answer changed =
                patch(path, Map.of("colour", "#123456", "threshold", 0.9), "If-Match", tag);
        assertThat(changed.json().path("threshold").asDouble()).isEqualTo(0.9);
        assertThat(patch(path, Map.of("colour", "#000000"), "If-Match", tag).status())
                .isEqualTo(412);
        assertThat(patch(path, Map.of("colour", "red"), "If-Match", "*").status()).isEqualTo(400);
        assertThat(http.delete(path, admin).status()).isEqualTo(204);
        assertThat(http.get(path, admin).status()).isEqualTo(404);
    }

    private static String watchlist(Map<String, ?> body) {
        Answer made = post("/api/v1/watchlists", body);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("watchlist_id").asText();
    }

    @Test
    void eventsCarryTheWatchlistsTheyMatchAndCamerasDecideLast() throws Exception {
        Face face =
                services.people()
                        .face(FaceId.parse(enrolled("Lookout", 40).path("face_id").asText()))
                        .orElseThrow();
        CameraId camera = camera("Gate");
        CameraId elsewhere = camera("Yard");
        String all = list(face, Map.of("name", "Everywhere"));
        list(face, Map.of("name", "Too strict", "threshold", 0.95));
        list(face, Map.of("name", "Expired", "expires_at", "2020-01-01T00:00:00Z"));
        list(face, Map.of("name", "Elsewhere", "camera_ids", List.of(elsewhere.toString())));
        list(face, Map.of("name", "Other site", "site_ids", List.of("far-away")));
        LinkedBlockingQueue<HubEvent> live = new LinkedBlockingQueue<>();
        try (HubFeed.Subscription _ = services.feed().subscribe(live::add)) {
            JsonNode stored = seen(face, camera);
            assertThat(stored.path("watchlists").findValuesAsText("name"))
                    .containsExactly("Everywhere");
            assertThat(recognised(live).details().watchlists())
                    .extracting(ref -> ref.id().toString())
                    .containsExactly(all);
        }
        String path = "/api/v1/cameras/" + camera;
        assertThat(patch(path, Map.of("threshold", 0.99)).json().path("threshold").asDouble())
                .isEqualTo(0.99);
        assertThat(seen(face, camera).path("watchlists")).isEmpty();
        patch(path, Map.of("threshold", 0.5));
        assertThat(seen(face, camera).path("watchlists").findValuesAsText("name"))
                .containsExactlyInAnyOrder("Everywhere", "Too strict");
        JsonNode matched = http.get("/api/v1/events?watchlist_id=" + all, admin).json();
        assertThat(matched.path("events")).hasSize(2);
    }

    private static String list(Face face, Map<String, ?> body) {
        String id = watchlist(body);
        assertThat(
                        http.json(
                                        "PUT",
                                        "/api/v1/watchlists/" + id + "/people/" + face.person(),
                                        Map.of(),
                                        admin)
                                .status())
                .isEqualTo(204);
        return id;
    }

    private static JsonNode seen(Face face, CameraId camera) {
        var event =
                new Sightings(new AgentId("box-w"), camera)
                        .recognised(face, Instant.now(), FakePictures.of(40));
        services.events().ingest(List.of(new ReceivedEvent(event, false)));
        return http.get("/api/v1/events/" + event.header().id(), admin).json();
    }

    private static HubEvent.FaceRecognized recognised(LinkedBlockingQueue<HubEvent> live)
            throws InterruptedException {
        while (true) {
            HubEvent event = live.poll(30, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            if (event instanceof HubEvent.FaceRecognized seen) {
                return seen;
            }
        }
    }

    private static CameraId camera(String name) {
        services.devices().register(new AgentId("box-w"), SiteId.DEFAULT);
        Answer added =
                post(
                        "/api/v1/cameras",
                        Map.of("name", name, "url", "rtsp://x/" + name, "agent_id", "box-w"));
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        return CameraId.parse(added.json().path("camera_id").asText());
    }

    @Test
    void aCamerasSettingsAreChangedOneByOneAndTakenAway() {
        String path = "/api/v1/cameras/" + camera("Set");
        JsonNode fresh = http.get(path, admin).json();
        assertThat(fresh.path("zones")).isEmpty();
        assertThat(fresh.path("schedule").isNull()).isTrue();
        assertThat(fresh.path("settings_revision").asInt()).isZero();
        List<List<List<Double>>> zones =
                List.of(List.of(List.of(0.0, 0.0), List.of(1.0, 0.0), List.of(0.5, 0.75)));
        Map<String, ?> schedule =
                Map.of(
                        "time_zone",
                        "Europe/Berlin",
                        "hours",
                        List.of(
                                Map.of(
                                        "days", List.of("friday", "monday"),
                                        "from", "22:00",
                                        "to", "06:30")));
        Answer set = patch(path, Map.of("zones", zones, "min_face_size", 48, "schedule", schedule));
        assertThat(set.status()).as(set.text()).isEqualTo(200);
        patch(path, Map.of("masks", zones, "inference_budget", 0.5));
        JsonNode now = http.get(path, admin).json();
        assertThat(now.at("/zones/0/2/1").asDouble()).isEqualTo(0.75);
        assertThat(now.at("/masks/0/1/0").asDouble()).isEqualTo(1);
        assertThat(now.path("min_face_size").asInt()).isEqualTo(48);
        assertThat(now.path("inference_budget").asDouble()).isEqualTo(0.5);
        assertThat(now.at("/schedule/time_zone").asText()).isEqualTo("Europe/Berlin");
        assertThat(now.at("/schedule/hours/0/days/0").asText()).isEqualTo("monday");
        assertThat(now.at("/schedule/hours/0/to").asText()).isEqualTo("06:30");
        assertThat(now.path("settings_revision").asInt()).isEqualTo(2);
        assertThat(now.path("applied_settings_revision").asInt()).isZero();
        patch(path, Map.of("min_face_size", 48));
        assertThat(http.get(path, admin).json().path("settings_revision").asInt()).isEqualTo(2);
        Map<String, Object> away = new HashMap<>();
        List.of("zones", "masks", "min_face_size", "inference_budget", "schedule")
                .forEach(key -> away.put(key, null));
        JsonNode bare = patch(path, away).json();
        assertThat(bare.path("zones")).isEmpty();
        assertThat(bare.path("min_face_size").isNull()).isTrue();
        assertThat(bare.path("schedule").isNull()).isTrue();
        JsonNode funnel = http.get(path + "/funnel", admin).json();
        assertThat(funnel.at("/frames/analysed").asInt(-1)).isZero();
        assertThat(funnel.has("counting_since")).isFalse();
    }

    @Test
    void settingsThatCannotBeMeantAreRefusedWithWhatToDo() {
        String path = "/api/v1/cameras/" + camera("Refusing");
        refused(path, "zones", List.of(List.of(List.of(0, 0), List.of(1, 1))), "3 to 64 corners");
        refused(path, "zones", "everywhere", "list of polygons");
        refused(
                path,
                "masks",
                List.of(List.of(List.of(0, 0), List.of(1, 0), List.of(0.5, 1.5))),
                "0 to 1");
        refused(path, "min_face_size", 100_000, "min_face_size");
        refused(path, "inference_budget", 0, "inference_budget");
        refused(path, "schedule", Map.of("time_zone", "Mars", "hours", List.of()), "Europe/Berlin");
        refused(path, "schedule", Map.of("time_zone", "UTC", "hours", List.of()), "1 to 50");
        refused(
                path,
                "schedule",
                Map.of(
                        "time_zone",
                        "UTC",
                        "hours",
                        List.of(Map.of("days", List.of("someday"), "from", "0", "to", "1"))),
                "monday");
        refused(path, "schedule", Map.of("timezone", "UTC"), "unknown key");
    }

    private static void refused(String path, String key, Object value, String why) {
        Answer answer = patch(path, Map.of(key, value));
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains(why);
    }

    @Test
    void aCameraIsRenamedUnlessItsBoxHasTheName() {
        CameraId one = camera("First");
        camera("Second");
        String path = "/api/v1/cameras/" + one;
        assertThat(patch(path, Map.of("name", "Third")).json().path("name").asText())
                .isEqualTo("Third");
        String tag = http.get(path, admin).header("ETag");
        assertThat(patch(path, Map.of("threshold", 0.7), "If-Match", tag).status()).isEqualTo(200);
        assertThat(patch(path, Map.of("threshold", 0.8), "If-Match", tag).status()).isEqualTo(412);
        assertThat(patch(path, Map.of("name", "second")).status()).isEqualTo(409);
        assertThat(patch(path, Map.of("name", "x", "url", "no address")).status()).isEqualTo(400);
        assertThat(patch("/api/v1/cameras/" + UUID.randomUUID(), Map.of("name", "x")).status())
                .isEqualTo(404);
    }

    // ---- configuration

    @Test
    void aThresholdChangesAtOnceWithItsHistory() {
        enrolled("Configured", 41);
        Answer before = http.get("/api/v1/config", admin);
        JsonNode threshold = setting(before, "recognition.threshold");
        assertThat(threshold.path("origin").asText()).isEqualTo("default");
        assertThat(threshold.path("live").asBoolean()).isTrue();
        assertThat(setting(before, "database.password").path("value").asText()).isEmpty();
        Map<String, ?> strict = Map.of("settings", Map.of("recognition.threshold", 0.97));
        assertThat(patch("/api/v1/config", strict).status()).isEqualTo(428);
        Answer changed = patch("/api/v1/config", strict, "If-Match", before.header("ETag"));
        assertThat(setting(changed, "recognition.threshold").path("value").asDouble())
                .isEqualTo(0.97);
        assertThat(setting(changed, "recognition.threshold").path("origin").asText())
                .isEqualTo("setting");
        assertThat(patch("/api/v1/config", strict, "If-Match", before.header("ETag")).status())
                .isEqualTo(412);
        assertThat(systemThreshold()).isEqualTo(0.97);
        for (Map<String, ?> wrong :
                List.of(
                        Map.of("recognition.threshold", 7),
                        Map.of("recognition.threshold", "x"),
                        Map.of("hub.port", 1),
                        Map.of("nothing", 1))) {
            assertThat(patch("/api/v1/config", Map.of("settings", wrong), "If-Match", "*").status())
                    .as(wrong.toString())
                    .isEqualTo(400);
        }
        java.util.Map<String, Object> back = new java.util.HashMap<>();
        back.put("recognition.threshold", null);
        patch("/api/v1/config", Map.of("settings", back), "If-Match", "*");
        assertThat(systemThreshold()).isEqualTo(0.6);
        JsonNode history = http.get("/api/v1/config/history", admin).json().path("changes");
        assertThat(history.at("/0/before").asDouble()).isEqualTo(0.97);
        assertThat(history.at("/0/after").isNull()).isTrue();
        assertThat(history.at("/1/after").asDouble()).isEqualTo(0.97);
        assertThat(admin[1]).startsWith(history.at("/1/changed_by").asText());
    }

    private static double systemThreshold() {
        return post("/api/v1/recognize", Map.of("image", image(41)))
                .json()
                .at("/faces/0/trace/threshold")
                .asDouble();
    }

    private static JsonNode setting(Answer config, String key) {
        for (JsonNode setting : config.json().path("settings")) {
            if (setting.path("key").asText().equals(key)) {
                return setting;
            }
        }
        throw new AssertionError(config.text());
    }

    // ---- problems

    @Test
    void everyErrorIsAProblemWithACode() {
        for (String path :
                List.of("/api/nothing", "/nothing", "/api/v1/people/x/y/z", "/assets/x")) {
            assertProblem(http.get(path, admin), 404, "not_found");
        }
        assertProblem(http.delete("/", admin), 404, "not_found");
        Answer method = http.send("PUT", "/api/v1/people", BodyPublishers.noBody(), admin);
        assertProblem(method, 405, "method_not_allowed");
        assertThat(Set.of(method.header("Allow").split(", "))).isEqualTo(Set.of("GET", "POST"));
        assertProblem(
                http.get("/api/v1/people", and("Accept", "text/html")), 406, "not_acceptable");
        assertThat(http.get("/api/v1/people", and("Accept", "application/*;q=0.5")).status())
                .isEqualTo(200);
        assertProblem(
                http.raw("POST", "/api/v1/people", "text/plain", new byte[] {1}, admin),
                415,
                "unsupported_media_type");
        assertProblem(
                http.raw("POST", "/api/v1/people", "application/json", new byte[300_000], admin),
                413,
                "request_too_large");
        byte[] deep = ("{\"metadata\":" + "[".repeat(5000)).getBytes(StandardCharsets.UTF_8);
        assertProblem(
                http.raw("POST", "/api/v1/people", "application/json", deep, admin),
                400,
                "invalid_argument");
        assertProblem(http.get("/api/v1/people"), 401, "unauthenticated");
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:facet:error:" + code);
    }

    @Test
    void everyRouteAnswersEveryRoleAsItDeclares() {
        for (Role role : Role.values()) {
            String[] headers =
                    role == Role.DEVICE
                            ? new String[] {
                                "X-API-Key",
                                services.devices()
                                        .register(new AgentId("walker"), SiteId.DEFAULT)
                                        .key()
                                        .reveal()
                            }
                            : key(role);
            for (Endpoint endpoint : new RestApi(services).endpoints()) {
                String address =
                        endpoint.path().replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
                Answer answer =
                        http.send(
                                endpoint.method().text(),
                                address,
                                BodyPublishers.noBody(),
                                headers);
                boolean refused =
                        endpoint.access() instanceof Access.Needs(var permission)
                                && !role.permissions().contains(permission);
                assertThat(answer.status() == 403)
                        .as(role + " " + endpoint.method() + " " + address + " " + answer.status())
                        .isEqualTo(refused);
                assertThat(answer.status()).isNotIn(401, 500);
            }
        }
    }
}
