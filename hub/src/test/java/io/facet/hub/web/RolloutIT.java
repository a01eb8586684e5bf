package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.crypto.VerifyingKey;
import io.facet.hub.HubWebFront;
import io.facet.hub.security.Role;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.Releases;
import io.facet.hub.testing.SoftwareBox;
import io.facet.hub.web.Http.Answer;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.update.Manifest;
import io.facet.update.ModelArchive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artefacts and roll-outs of a whole hub, with boxes that speak the wire. */
@SuppressWarnings("NullAway.Init") // started before the tests
class RolloutIT {
    private static final String BYTES = "application/octet-stream";
    private static final List<Map<String, ?>> CANARY_FIRST =
            List.of(Map.of("groups", List.of("canary")), Map.of());

    @TempDir static Path data;
    @TempDir Path scratch;

    private static DevHub hub;
    private static Http http;
    private static String[] admin;

    @BeforeAll
    static void start() throws IOException {
        hub = DevHub.in(data, new HubWebFront());
        http = new Http(hub.port());
        admin = new String[] {"X-API-Key", Files.readString(data.resolve("admin-key")).strip()};
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    /** One hub serves all tests; each leaves it without boxes and open roll-outs. */
    @AfterEach
    void endEverything() {
        for (JsonNode rollout : http.get("/api/v1/rollouts", admin).json().path("rollouts")) {
            String id = rollout.path("rollout_id").asText();
            http.json("POST", at(id, "stop"), Map.of(), admin);
        }
        for (JsonNode box : http.get("/api/v1/devices", admin).json().path("devices")) {
            http.delete("/api/v1/devices/" + box.path("agent_id").asText(), admin);
        }
    }

    @Test
    void aBoxFetchesWhatItIsToHaveAndNobodyElseDoes() throws Exception {
        byte[] release = release("2.0.0", "amd64");
        String sha256 = upload(release);
        assertThat(upload(release)).as("again").isEqualTo(sha256);
        assertThat(http.get("/api/v1/artefacts", admin).json().findValuesAsText("sha256"))
                .containsOnlyOnce(sha256);

        try (SoftwareBox a = box("box-a", "1.0.0");
                SoftwareBox b = box("box-b", "1.0.0")) {
            String file = "/api/v1/sync/artefacts/" + sha256;
            assertThat(http.get(file, a.key()).status()).as("nobody was asked").isEqualTo(404);
            group("box-a", "canary");
            start(sha256, List.of(Map.of("groups", List.of("canary"))), 3600);
            await().atMost(Duration.ofSeconds(30)).until(() -> a.isAskedFor(sha256));
            assertThat(a.desired().getRelease().getSize()).isEqualTo(release.length);
            assertThat(b.isAskedFor(sha256)).isFalse();

            Answer whole = http.get(file, a.key());
            assertThat(whole.response().body()).isEqualTo(release);
            assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
            assertRest(file, whole.header("ETag"), release, a);
            assertThat(http.get(file, b.key()).status()).as("another box").isEqualTo(404);
            assertThat(http.get(file, admin).status()).as("no box").isEqualTo(403);
            assertThat(http.delete("/api/v1/artefacts/" + sha256, admin).status()).isEqualTo(409);

            Files.delete(data.resolve("artefacts").resolve(sha256));
            Answer lost = http.get(file, a.key());
            assertThat(lost.status()).isEqualTo(503);
            assertThat(lost.header("Retry-After")).isNotEmpty();
            assertThat(upload(release)).as("brought again").isEqualTo(sha256);
            assertThat(http.get(file, a.key()).status()).isEqualTo(200);
        }
    }

    private static void assertRest(String file, String etag, byte[] release, SoftwareBox box) {
        int half = release.length / 2;
        Answer rest = http.get(file, box.key("Range", "bytes=" + half + "-", "If-Range", etag));
        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.header("Content-Range"))
                .isEqualTo("bytes " + half + "-" + (release.length - 1) + "/" + release.length);
        assertThat(rest.response().body())
                .isEqualTo(Arrays.copyOfRange(release, half, release.length));
        assertThat(http.get(file, box.key("Range", "bytes=1-", "If-Range", "\"x\"")).status())
                .as("of another file")
                .isEqualTo(200);
        Answer beyond = http.get(file, box.key("Range", "bytes=" + release.length + "-"));
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(beyond.header("Content-Range")).isEqualTo("bytes */" + release.length);
    }

    @Test
    void whatIsNoReleaseOfABoxIsRefusedAndLeavesNothing() throws Exception {
        long before = files();
        byte[] none = "no zip at all".getBytes(StandardCharsets.UTF_8);
        assertThat(post(none, BYTES).status()).isEqualTo(400);
        byte[] other = archive("facet-hub", "2.0.0", "amd64");
        assertThat(post(other, BYTES).json().path("detail").asText()).contains("facet-hub");
        assertThat(post(other, "application/zip").status()).isEqualTo(415);
        assertThat(files()).isEqualTo(before);
        String operator =
                hub.services().apiKeys().issue("o", Role.OPERATOR, SiteScope.ALL).key().reveal();
        assertThat(http.get("/api/v1/artefacts", "X-API-Key", operator).status()).isEqualTo(403);
    }

    private static long files() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("artefacts"))) {
            return files.count();
        }
    }

    @Test
    void stagesFollowEachOtherAlsoOverARestart() throws Exception {
        String sha256 = upload(release("2.0.0", "amd64"));
        SoftwareBox first = box("box-a", "1.0.0");
        SoftwareBox second = box("box-b", "1.0.0");
        group("box-a", "canary");
        String id = start(sha256, CANARY_FIRST, 1);
        awaitCount(id, "asked", 1);
        first.report("1.0.0", "downloading");
        awaitCount(id, "downloading", 1);
        assertThat(turn(id, "pause").path("state").asText()).isEqualTo("paused");
        first.report("2.0.0", "trial");
        awaitCount(id, "trial", 1);
        first.close();
        second.close();

        stop();
        start();
        JsonNode kept = rollout(id);
        assertThat(kept.path("state").asText()).isEqualTo("paused");
        assertThat(kept.path("stage").asInt()).isEqualTo(1);
        assertThat(kept.at("/devices/trial").asInt()).isEqualTo(1);

        try (SoftwareBox a = again("box-a", first);
                SoftwareBox b = again("box-b", second)) {
            a.report("2.0.0", "current");
            b.report("1.0.0", "current");
            turn(id, "resume");
            await().atMost(Duration.ofSeconds(60)).until(() -> b.isAskedFor(sha256));
            assertThat(rollout(id).path("stage").asInt()).isEqualTo(2);
            b.report("2.0.0", "current");
            awaitState(id, "done");
            assertThat(rollout(id).at("/devices/current").asInt()).isEqualTo(2);
        }
        // Who comes later gets it, too; who leaves is forgotten.
        try (SoftwareBox c = box("box-c", "1.5.0");
                SoftwareBox arm = box("box-d", "1.5.0", "arm64")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> c.isAskedFor(sha256));
            assertThat(arm.isAskedFor(sha256)).isFalse();
            awaitCount(id, "passed_over", 1);
        }
        assertThat(http.delete("/api/v1/devices/box-c", admin).status()).isEqualTo(204);
        awaitCount(id, "asked", 0);
        assertThat(devices(id)).doesNotContain("box-c");
    }

    @Test
    void aBoxThatWentBackHaltsItAndWhatDoesNotRunYetIsTakenBack() throws Exception {
        String sha256 = upload(release("2.0.0", "amd64"));
        try (SoftwareBox a = box("box-a", "1.0.0");
                SoftwareBox b = box("box-b", "1.0.0")) {
            String id = start(sha256, List.of(Map.of()), 3600);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> a.isAskedFor(sha256) && b.isAskedFor(sha256));
            b.report("1.0.0", "downloading");
            awaitCount(id, "downloading", 1);
            a.report("1.0.0", "rolled_back");
            awaitState(id, "halted");
            assertThat(rollout(id).path("reason").asText()).contains("box-a", "not ready");
            await().atMost(Duration.ofSeconds(30)).until(() -> !b.isAskedFor(sha256));
            assertThat(metric("facet_rollouts{state=\"halted\"}")).isEqualTo(1);
            assertThat(again(sha256).status()).as("it is open").isEqualTo(409);

            turn(id, "resume");
            await().atMost(Duration.ofSeconds(30)).until(() -> b.isAskedFor(sha256));
            assertThat(rollout(id).path("state").asText()).isEqualTo("running");
            turn(id, "stop");
            await().atMost(Duration.ofSeconds(30)).until(() -> !b.isAskedFor(sha256));
            assertThat(rollout(id).at("/devices/rolled_back").asInt()).isEqualTo(1);
            assertThat(http.json("POST", at(id, "resume"), Map.of(), admin).status())
                    .isEqualTo(409);
            assertThat(http.json("POST", at(id, "roll-back"), Map.of(), admin).status())
                    .as("a release")
                    .isEqualTo(409);
        }
    }

    @Test
    void modelsAreSignedByTheHubAndCanBeTakenBack() throws Exception {
        assertThat(models("none").status()).isEqualTo(404);
        String fake = models("fake").json().path("sha256").asText();
        assertThat(models("fake").json().path("sha256").asText()).as("again").isEqualTo(fake);
        String coarse = models("coarse").json().path("sha256").asText();
        try (SoftwareBox box = box("box-a", "1.0.0")) {
            String former = begun(fake);
            await().atMost(Duration.ofSeconds(30)).until(() -> box.isAskedFor(fake));
            assertPack(box, fake);
            box.models(fake, "current");
            turn(former, "stop");

            Answer early = again(coarse);
            assertThat(early.status()).isEqualTo(409);
            assertThat(early.json().path("detail").asText()).contains("models prepare coarse");
            http.json("POST", "/api/v1/models/prepare", Map.of("pack", "coarse"), admin);
            String id = begun(coarse);
            await().atMost(Duration.ofSeconds(30)).until(() -> box.isAskedFor(coarse));
            box.models(coarse, "current");
            awaitCount(id, "current", 1);
            assertThat(turn(id, "roll-back").path("state").asText()).isEqualTo("rolled_back");
            await().atMost(Duration.ofSeconds(30)).until(() -> box.isAskedFor(fake));
        }
    }

    /** A roll-out of models, as soon as every face has a template. */
    private static String begun(String sha256) {
        Answer answer =
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> again(sha256), a -> a.status() == 201);
        return answer.json().path("rollout_id").asText();
    }

    private void assertPack(SoftwareBox box, String sha256) throws IOException {
        byte[] pack = http.get("/api/v1/sync/artefacts/" + sha256, box.key()).response().body();
        String key =
                http.get("/api/v1/devices/self", box.key()).json().path("gallery_key").asText();
        Manifest manifest =
                ModelArchive.unpack(
                        new ByteArrayInputStream(pack),
                        VerifyingKey.of(Base64.getDecoder().decode(key)),
                        _ -> {},
                        Files.createDirectory(scratch.resolve("pack")));
        assertThat(manifest.version()).isEqualTo("fake");
        assertThat(scratch.resolve("pack/catalog.json")).hasContent("fake");
    }

    @Test
    void whoHasOneSiteRollsOutThereAlone() throws Exception {
        String sha256 = upload(release("2.0.0", "amd64"));
        SiteId yard = new SiteId("yard");
        String key =
                hub.services()
                        .apiKeys()
                        .issue("y", Role.ADMIN, new SiteScope.Only(Set.of(yard)))
                        .key()
                        .reveal();
        try (SoftwareBox a = box("box-a", "1.0.0")) {
            Map<String, ?> wish = Map.of("artefacts", List.of(sha256), "stages", List.of(Map.of()));
            Answer started = http.json("POST", "/api/v1/rollouts", wish, "X-API-Key", key);
            assertThat(started.json().path("sites").toString()).isEqualTo("[\"yard\"]");
            String id = started.json().path("rollout_id").asText();
            assertThat(turn(id, "pause").path("state").asText()).isEqualTo("paused");
            turn(id, "resume");
            awaitCount(id, "waiting", 0);
            assertThat(a.isAskedFor(sha256)).isFalse();
            turn(id, "stop");
            String all = start(sha256, List.of(Map.of()), 3600);
            assertThat(http.get(at(all, ""), "X-API-Key", key).status()).isEqualTo(404);
        }
    }

    private byte[] release(String version, String architecture) throws IOException {
        return archive("facet-edge", version, architecture);
    }

    private byte[] archive(String product, String version, String architecture) throws IOException {
        return Releases.signed(scratch, product, version, architecture);
    }

    private static Answer post(byte[] file, String type) {
        return http.raw("POST", "/api/v1/artefacts", type, file, admin);
    }

    private static String upload(byte[] release) {
        Answer answer = post(release, BYTES);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("sha256").asText();
    }

    private static Answer models(String pack) {
        return http.json("POST", "/api/v1/artefacts/models", Map.of("pack", pack), admin);
    }

    private static SoftwareBox box(String name, String version) throws Exception {
        return box(name, version, "amd64");
    }

    private static SoftwareBox box(String name, String version, String machine) throws Exception {
        String key =
                http.json("POST", "/api/v1/devices", Map.of("agent_id", name), admin)
                        .json()
                        .path("device_key")
                        .asText();
        SoftwareBox box = SoftwareBox.connect(name, key, hub.services().mqtt(), machine);
        box.report(version, "current");
        return box;
    }

    private static SoftwareBox again(String name, SoftwareBox before) throws Exception {
        return SoftwareBox.connect(name, before.key()[1], hub.services().mqtt(), "amd64");
    }

    private static void group(String box, String... groups) {
        Answer changed =
                http.json(
                        "PATCH",
                        "/api/v1/devices/" + box,
                        Map.of("groups", List.of(groups)),
                        admin);
        assertThat(changed.json().path("groups").get(0).asText()).isEqualTo(groups[0]);
    }

    private static String start(String sha256, List<? extends Map<String, ?>> stages, int hold) {
        Answer answer =
                http.json(
                        "POST",
                        "/api/v1/rollouts",
                        Map.of(
                                "artefacts",
                                List.of(sha256),
                                "stages",
                                stages,
                                "hold_seconds",
                                hold),
                        admin);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("rollout_id").asText();
    }

    private static Answer again(String sha256) {
        return http.json(
                "POST",
                "/api/v1/rollouts",
                Map.of("artefacts", List.of(sha256), "stages", List.of(Map.of())),
                admin);
    }

    private static String at(String id, String verb) {
        return "/api/v1/rollouts/" + id + (verb.isEmpty() ? "" : "/" + verb);
    }

    private static JsonNode turn(String id, String verb) {
        Answer answer = http.json("POST", at(id, verb), Map.of(), admin);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode rollout(String id) {
        return http.get(at(id, ""), admin).json();
    }

    private static String devices(String id) {
        return http.get(at(id, "devices"), admin).text();
    }

    private static void awaitCount(String id, String standing, int count) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(rollout(id).at("/devices/" + standing).asInt())
                                .as(devices(id))
                                .isEqualTo(count));
    }

    private static void awaitState(String id, String state) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(rollout(id).path("state").asText())
                                .as(devices(id))
                                .isEqualTo(state));
    }

    private static double metric(String name) {
        return http.get("/metrics", admin)
                .text()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElse(-1);
    }
}
