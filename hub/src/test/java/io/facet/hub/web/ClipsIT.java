package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.config.FacetConfig;
import io.facet.hub.HubWebFront;
import io.facet.hub.events.ReceivedEvent;
import io.facet.hub.people.Enrolment;
import io.facet.hub.people.Face;
import io.facet.hub.security.Role;
import io.facet.hub.services.HubServices;
import io.facet.hub.testing.Configs;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.EmbeddedSql;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.FilmBox;
import io.facet.hub.testing.ManualClock;
import io.facet.hub.testing.Sightings;
import io.facet.hub.web.Http.Answer;
import io.facet.model.CameraId;
import io.facet.model.EventId;
import io.facet.model.FaceEvent;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.wire.SealedWire;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Films around events, from the box to the page, with a clock of the test's. */
@SuppressWarnings("NullAway.Init") // started before the tests
class ClipsIT {
    private static final FacetConfig CONFIG =
            Configs.with(
                    Map.of(
                            "FACET_RETENTION_CLIPS_DAYS", "2",
                            "FACET_RETENTION_UNKNOWN_DAYS", "1"));

    @TempDir static Path data;

    private static final ManualClock CLOCK = new ManualClock();
    private static DevHub hub;
    private static HubServices services;
    private static Http http;
    private static String[] admin;
    private static FilmBox box;
    private static Sightings seen;
    private static int people;

    @BeforeAll
    static void start() throws Exception {
        hub = DevHub.in(data, new HubWebFront(), CONFIG, CLOCK);
        services = hub.services();
        http = new Http(hub.port());
        admin = new String[] {"X-API-Key", Files.readString(data.resolve("admin-key")).strip()};
        box = FilmBox.at(services, "box-1");
        seen = new Sightings(box.agent(), new CameraId(UUID.randomUUID()));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static Face enrol() {
        int number = 20 + people++;
        services.people().enrol(Enrolment.of("Person " + number, FakePictures.of(number)));
        return services.people().faces(0, 1000).faces().getLast();
    }

    private static EventId ingest(FaceEvent event) {
        services.events().ingest(List.of(new ReceivedEvent(event, false)));
        return event.header().id();
    }

    private static FaceEvent.Recognised recognised(Face face) {
        return seen.recognised(face, CLOCK.instant(), new byte[] {1});
    }

    private static EventId unknown() {
        return ingest(seen.unknown(CLOCK.instant(), new byte[] {1}));
    }

    private static Answer put(EventId event, byte[] body, String... headers) {
        return http.raw(
                "PUT", "/api/v1/sync/clips/" + event, "application/x-protobuf", body, headers);
    }

    /** The first line of the answer to a body of which nothing is sent. */
    private static String announced(EventId event, int length) throws IOException {
        try (Socket line = new Socket(InetAddress.getLoopbackAddress(), hub.port())) {
            line.setSoTimeout(30_000);
            String head =
                    "PUT /api/v1/sync/clips/%s HTTP/1.1\r\nHost: localhost\r\n%s: %s\r\n%s"
                            .formatted(
                                    event,
                                    box.credential()[0],
                                    box.credential()[1],
                                    "Content-Type: application/x-protobuf\r\nContent-Length: "
                                            + length
                                            + "\r\n\r\n");
            line.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(
                            new InputStreamReader(line.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    private static Answer bring(EventId event, String words) {
        return put(event, box.sealed(event, FilmBox.film(words)), box.credential());
    }

    private static Answer watch(EventId event, String... headers) {
        String[] all = Arrays.copyOf(admin, admin.length + headers.length);
        System.arraycopy(headers, 0, all, admin.length, headers.length);
        return http.get("/api/v1/events/" + event + "/clip", all);
    }

    private static byte[] watched(EventId event) {
        Answer answer = watch(event);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.response().body();
    }

    private static boolean isAnnounced(EventId event) {
        Answer answer = http.get("/api/v1/events/" + event, admin);
        String address = answer.json().path("clip_url").asText();
        assertThat(address).isIn("", "/api/v1/events/" + event + "/clip");
        return !address.isEmpty();
    }

    @Test
    void aFilmComesFromTheBoxToWhoMayWatchIt() throws Exception {
        EventId event = ingest(recognised(enrol()));
        assertThat(isAnnounced(event)).isFalse();
        assertThat(watch(event).code()).isEqualTo("not_found");
        assertThat(bring(event, "the film").status()).isEqualTo(204);
        assertThat(isAnnounced(event)).isTrue();
        Answer film = watch(event);
        assertThat(film.response().body()).isEqualTo(FilmBox.film("the film"));
        assertThat(film.header("Content-Type")).isEqualTo("video/webm");
        assertThat(film.header("Cache-Control")).isEqualTo("no-store");
        assertThat(film.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(film.header("Content-Security-Policy")).contains("media-src 'self'");

        String path = "/api/v1/events/" + event + "/clip";
        assertThat(http.get(path).status()).isEqualTo(401);
        assertThat(http.get(path, box.credential()).status()).isEqualTo(403);
        SiteScope elsewhere = new SiteScope.Only(Set.of(new SiteId("elsewhere")));
        String other = services.apiKeys().issue("e", Role.ADMIN, elsewhere).key().reveal();
        assertThat(http.get(path, "X-API-Key", other).status()).isEqualTo(404);
        try (EmbeddedSql sql = EmbeddedSql.of(data)) {
            assertThat(
                            sql.number(
                                    "SELECT count(*) FROM event_clips WHERE position('the film' in"
                                            + " encode(film, 'escape')) > 0"))
                    .isZero();
        }
        Answer audit = http.get("/api/v1/audit?limit=200", admin);
        assertThat(audit.text()).contains("GET /api/v1/events/{event_id}/clip", event.toString());
    }

    @Test
    void aPlayerAsksForParts() {
        EventId event = unknown();
        assertThat(bring(event, "0123456789").status()).isEqualTo(204);
        byte[] film = FilmBox.film("0123456789");
        record Part(String range, int from, int to) {}
        for (Part part :
                List.of(
                        new Part("bytes=0-", 0, 13),
                        new Part("bytes=4-6", 4, 6),
                        new Part("bytes=4-999", 4, 13),
                        new Part("bytes=-3", 11, 13),
                        new Part("bytes=-999", 0, 13))) {
            Answer answer = watch(event, "Range", part.range());
            assertThat(answer.status()).as(part.range()).isEqualTo(206);
            assertThat(answer.header("Content-Range"))
                    .isEqualTo("bytes " + part.from() + "-" + part.to() + "/14");
            assertThat(answer.response().body())
                    .isEqualTo(Arrays.copyOfRange(film, part.from(), part.to() + 1));
        }
        for (String beyond : List.of("bytes=14-", "bytes=99-100", "bytes=-0")) {
            Answer none = watch(event, "Range", beyond);
            assertThat(none.status()).as(beyond).isEqualTo(416);
            assertThat(none.header("Content-Range")).isEqualTo("bytes */14");
        }
        for (String odd : List.of("bytes=5-4", "bytes=0-1,3-4", "lines=1-2", "bytes=-", "x")) {
            assertThat(watch(event, "Range", odd).status()).as(odd).isEqualTo(200);
        }
    }

    @Test
    void aFilmThatComesTwiceIsKeptOnce() throws Exception {
        EventId event = unknown();
        assertThat(bring(event, "first").status()).isEqualTo(204);
        assertThat(bring(event, "second").status()).isEqualTo(204);
        assertThat(watched(event)).isEqualTo(FilmBox.film("first"));
        try (EmbeddedSql sql = EmbeddedSql.of(data)) {
            assertThat(
                            sql.number(
                                    "SELECT count(*) FROM event_clips WHERE event_id = '"
                                            + event
                                            + "'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatIsNoFilmOfThatBoxesEventIsRefused() throws Exception {
        EventId event = unknown();
        EventId later = new EventId(UUID.randomUUID());
        assertThat(bring(later, "too early").status()).isEqualTo(409);
        FilmBox other = FilmBox.at(services, "box-2");
        byte[] film = FilmBox.film("not mine");
        assertThat(put(event, other.sealed(event, film), other.credential()).code())
                .as("another box's event is nobody's to it")
                .isEqualTo("conflict");
        String[] mine = box.credential();
        assertThat(put(event, film, mine).status()).as("not sealed").isEqualTo(400);
        assertThat(put(event, box.sealed(later, film), mine).status())
                .as("sealed for another event")
                .isEqualTo(400);
        assertThat(put(event, box.sealed(event, new byte[] {1, 2}), mine).status())
                .as("no WebM")
                .isEqualTo(400);
        assertThat(announced(event, SealedWire.MOST_CLIP_BYTES + 1)).contains(" 413 ");
        assertThat(
                        http.raw("PUT", "/api/v1/sync/clips/" + event, "video/webm", film, mine)
                                .status())
                .isEqualTo(415);
        assertThat(put(event, film, admin).status()).as("people bring none").isEqualTo(403);
        assertThat(put(event, film).status()).isEqualTo(401);
        EventId camera = ingest(new FaceEvent.CameraConnected(seen.header(CLOCK.instant())));
        assertThat(bring(camera, "of nobody").code()).isEqualTo("gone");
        assertThat(watch(event).status()).isEqualTo(404);
    }

    @Test
    void erasingSomebodyTakesEveryFilmOfTheirVisits() {
        Face first = enrol();
        Face second = enrol();
        FaceEvent.Recognised visit = recognised(first);
        EventId own = ingest(visit);
        EventId others = ingest(recognised(second));
        EventId late = ingest(recognised(first));
        // What was taken for the first turned out to be the second.
        FaceEvent.Recognised wrong = recognised(first);
        EventId corrected = ingest(wrong);
        FaceEvent.Recognised right = recognised(second);
        ingest(
                new FaceEvent.RecognitionUpdated(
                        right.header(), wrong.track(), right.identity(), right.sighting()));
        for (EventId event : List.of(own, others, corrected)) {
            assertThat(bring(event, "of " + event).status()).isEqualTo(204);
        }

        services.people().erase(second.person());
        assertThat(watch(others).status()).isEqualTo(404);
        assertThat(watch(corrected).status()).isEqualTo(404);
        assertThat(isAnnounced(corrected)).isFalse();
        assertThat(watched(own)).isEqualTo(FilmBox.film("of " + own));
        assertThat(bring(corrected, "again").code()).isEqualTo("gone");

        services.people().erase(first.person());
        assertThat(watch(own).status()).isEqualTo(404);
        assertThat(bring(late, "too late").code()).isEqualTo("gone");
        assertThat(isAnnounced(late)).isFalse();
    }

    @Test
    void whatIsKeptOfSomebodyHoldsTheirFilms() throws IOException {
        Face face = enrol();
        EventId event = ingest(recognised(face));
        EventId without = ingest(recognised(face));
        assertThat(bring(event, "for the export").status()).isEqualTo(204);
        Answer export = http.get("/api/v1/people/" + face.person() + "/export", admin);
        Map<String, byte[]> files = new HashMap<>();
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(export.response().body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        assertThat(files.get("events/" + event + ".webm"))
                .isEqualTo(FilmBox.film("for the export"));
        assertThat(files).doesNotContainKey("events/" + without + ".webm");
    }

    @Test
    void aNewMasterKeyOpensFilmsOfBefore() {
        EventId named = ingest(recognised(enrol()));
        EventId nobody = unknown();
        bring(named, "named");
        bring(nobody, "nobody");
        services.safeguards().rotation().rotate();
        assertThat(watched(named)).isEqualTo(FilmBox.film("named"));
        assertThat(watched(nobody)).isEqualTo(FilmBox.film("nobody"));
    }

    @Test
    void filmsGoBeforeTheirEventsAndNeverAfterThem() throws Exception {
        EventId named = ingest(recognised(enrol()));
        EventId nobody = unknown();
        bring(named, "named");
        bring(nobody, "nobody");
        CLOCK.advance(Duration.ofHours(25));
        services.safeguards().retention().run();
        assertThat(watched(named)).isEqualTo(FilmBox.film("named"));
        assertThat(watch(nobody).status()).isEqualTo(404);
        assertThat(bring(nobody, "again").code()).as("the event is deleted").isEqualTo("gone");

        CLOCK.advance(Duration.ofHours(25));
        assertThat(services.safeguards().retention().run().clips()).isPositive();
        assertThat(watch(named).status()).isEqualTo(404);
        assertThat(isAnnounced(named)).isFalse();
        assertThat(http.get("/api/v1/events/" + named, admin).status()).isEqualTo(200);
        try (EmbeddedSql sql = EmbeddedSql.of(data)) {
            assertThat(sql.number("SELECT count(*) FROM event_clips")).isZero();
        }
    }
}
