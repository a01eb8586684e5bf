package io.facet.hub.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.config.FacetConfig;
import io.facet.hub.HubWebFront;
import io.facet.hub.events.EventQuery;
import io.facet.hub.events.ReceivedEvent;
import io.facet.hub.people.Face;
import io.facet.hub.services.HubServices;
import io.facet.hub.testing.Configs;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.EmbeddedSql;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.ManualClock;
import io.facet.hub.testing.Sightings;
import io.facet.hub.web.Http.Answer;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.model.FaceId;
import io.facet.model.SiteScope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person may ask for, and what goes by itself, with a clock of the test's. */
@SuppressWarnings("NullAway.Init") // started before the tests
class DataSubjectIT {
    private static final FacetConfig CONFIG =
            Configs.with(
                    Map.of(
                            "FACET_RETENTION_RECOGNISED_DAYS", "30",
                            "FACET_RETENTION_UNKNOWN_DAYS", "7",
                            "FACET_RETENTION_IMAGES_DAYS", "3",
                            "FACET_RETENTION_AUDIT_DAYS", "60"));

    @TempDir static Path data;

    private static final ManualClock CLOCK = new ManualClock();
    private static final Sightings SEEN =
            new Sightings(new AgentId("box-1"), new CameraId(UUID.randomUUID()));
    private static DevHub hub;
    private static HubServices services;
    private static Http http;
    private static String[] admin;

    @BeforeAll
    static void start() throws Exception {
        hub = DevHub.in(data, new HubWebFront(), CONFIG, CLOCK);
        services = hub.services();
        http = new Http(hub.port());
        admin = new String[] {"X-API-Key", Files.readString(data.resolve("admin-key")).strip()};
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static Face enrol(String name, int number) {
        Answer answer =
                http.form(
                        "/api/faces/register",
                        Map.of("name", name),
                        FakePictures.of(number),
                        admin);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return services.people()
                .face(FaceId.parse(answer.json().path("face_id").asText()))
                .orElseThrow();
    }

    private static void seen(Face face, String crop) {
        services.events()
                .ingest(
                        List.of(
                                new ReceivedEvent(
                                        SEEN.recognised(
                                                face, CLOCK.instant(), crop.getBytes(UTF_8)),
                                        false),
                                new ReceivedEvent(
                                        SEEN.unknown(CLOCK.instant(), crop.getBytes(UTF_8)),
                                        false)));
    }

    private static Map<String, byte[]> unzip(Answer answer) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(answer.response().body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    @Test
    void aPersonGetsEverythingThatIsKeptOfThem() throws Exception {
        Face face = enrol("Emmy Noether", 81);
        seen(face, "her crop");
        String path = "/api/v1/people/" + face.person();
        assertThat(http.get(path + "/consent", admin).status()).isEqualTo(404);
        Map<String, String> consent = Map.of("basis", "consent", "reference", "form 12");
        assertThat(http.json("PUT", path + "/consent", consent, admin).status()).isEqualTo(200);

        Answer export = http.get(path + "/export", admin);
        assertThat(export.header("Content-Type")).isEqualTo("application/zip");
        assertThat(export.header("Content-Disposition")).contains("attachment");
        Map<String, byte[]> files = unzip(export);
        JsonNode person = Http.JSON.readTree(files.get("person.json"));
        assertThat(person.path("name").asText()).isEqualTo("Emmy Noether");
        assertThat(person.path("consent").path("reference").asText()).isEqualTo("form 12");
        assertThat(person.path("events")).hasSize(1);
        String event = person.path("events").path(0).path("event_id").asText();
        assertThat(files.keySet())
                .containsExactlyInAnyOrder(
                        "person.json", "faces/" + face.id() + ".jpg", "events/" + event + ".jpg");
        assertThat(files.get("events/" + event + ".jpg")).isEqualTo("her crop".getBytes(UTF_8));

        try (EmbeddedSql sql = EmbeddedSql.of(data)) {
            String mine = " WHERE person_id = '" + face.person() + "'";
            assertThat(sql.number("SELECT count(*) FROM consents" + mine)).isEqualTo(1);
            assertThat(
                            sql.number(
                                    "SELECT count(*) FROM consents WHERE position('form 12' in"
                                            + " encode(details, 'escape')) > 0"))
                    .isZero();
            assertThat(http.delete(path, admin).status()).isEqualTo(200);
            assertThat(sql.number("SELECT count(*) FROM consents" + mine)).isZero();
        }
        assertThat(http.get(path + "/export", admin).status()).isEqualTo(404);
    }

    private static String[] once(String key) {
        return new String[] {admin[0], admin[1], "Idempotency-Key", key};
    }

    private static Answer register(String name, int picture, String key) {
        return http.form(
                "/api/faces/register", Map.of("name", name), FakePictures.of(picture), once(key));
    }

    private static Answer erase(Answer registered, String key) {
        String person = registered.json().path("person_id").asText();
        return http.delete("/api/v1/people/" + person, once(key));
    }

    @Test
    void keptAnswersGoWithThePersonTheyAreAbout() throws Exception {
        Answer ada = register("Ada Kept", 83, "ada");
        assertThat(register("Ada Kept", 83, "ada").text()).isEqualTo(ada.text());
        Answer bea = register("Bea Kept", 84, "bea");
        Answer cleo = register("Cleo Kept", 85, "cleo");
        assertThat(recognise("seen").text()).contains("Ada Kept");
        assertThat(recognise("seen").status()).isEqualTo(200);

        Answer erased = erase(ada, "erase");
        assertThat(erased.status()).isEqualTo(200);
        for (Answer again : List.of(register("Ada Kept", 83, "ada"), recognise("seen"))) {
            assertThat(again.status()).isEqualTo(409);
            assertThat(again.text()).contains("erased").doesNotContain("Ada");
        }
        assertThat(erase(ada, "erase").text()).as("it holds an id only").isEqualTo(erased.text());
        assertThat(register("Bea Kept", 84, "bea").text()).isEqualTo(bea.text());
        try (EmbeddedSql sql = EmbeddedSql.of(data)) {
            assertThat(sql.number("SELECT count(*) FROM idempotent_calls WHERE erased"))
                    .isEqualTo(2);
            assertThat(
                            sql.number(
                                    "SELECT count(*) FROM idempotent_calls WHERE erased AND answer"
                                            + " IS NOT NULL"))
                    .isZero();
            // As an older hub kept them.
            assertThat(sql.update("UPDATE idempotent_calls SET mentions = NULL")).isPositive();
        }
        assertThat(erase(cleo, "erase-too").status()).isEqualTo(200);
        assertThat(register("Bea Kept", 84, "bea").status()).isEqualTo(409);
        assertThat(erase(bea, "erase-the-last").status()).isEqualTo(200);
    }

    private static Answer recognise(String key) {
        return http.form("/api/v1/recognize", Map.of(), FakePictures.of(83), once(key));
    }

    @Test
    void everyClassOfDataGoesWhenItsDaysArePast() throws Exception {
        // What the other test left goes first.
        CLOCK.advance(Duration.ofDays(100));
        long pruned = services.safeguards().retention().run().audit();
        assertThat(kept()).isEmpty();
        Face face = enrol("Hypatia", 82);
        seen(face, "old");
        CLOCK.advance(Duration.ofDays(4));
        seen(face, "new");
        assertThat(services.safeguards().retention().run().images()).isEqualTo(2);
        assertThat(kept()).containsExactly("new", "new", "", "");

        CLOCK.advance(Duration.ofDays(4));
        var removed = services.safeguards().retention().run();
        assertThat(removed.unknown()).isEqualTo(1);
        assertThat(removed.recognised()).isZero();
        assertThat(kept()).containsExactly("", "", "");

        CLOCK.advance(Duration.ofDays(23));
        removed = services.safeguards().retention().run();
        assertThat(removed.recognised()).isEqualTo(1);
        assertThat(removed.unknown()).isEqualTo(1);
        assertThat(kept()).hasSize(1);

        CLOCK.advance(Duration.ofDays(30));
        removed = services.safeguards().retention().run();
        assertThat(removed.audit()).isPositive();
        JsonNode verdict = http.get("/api/v1/audit/verify", admin).json();
        assertThat(verdict.path("ok").asBoolean()).as(verdict.toString()).isTrue();
        assertThat(verdict.path("pruned_entries").asLong()).isEqualTo(pruned + removed.audit());
        // The person stays: people are erased by hand.
        assertThat(services.people().person(face.person())).isPresent();
    }

    /** The crops of all events, newest first; empty text for an event without one. */
    private static List<String> kept() {
        return services.events().page(EventQuery.newest(SiteScope.ALL, 100)).events().stream()
                .map(e ->
                        services.events()
                                .crop(e.event().header().id(), SiteScope.ALL)
                                .map(jpeg -> new String(jpeg.bytes(), UTF_8))
                                .orElse(""))
                .toList();
    }
}
