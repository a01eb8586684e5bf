package io.facet.hub.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.cli.client.EnrollVerb;
import io.facet.hub.HubWebFront;
import io.facet.hub.security.Role;
import io.facet.hub.services.HubServices;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.Zips;
import io.facet.hub.web.Http.Answer;
import io.facet.model.SiteScope;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Many pictures at once, into a whole hub and out of it. */
@SuppressWarnings("NullAway.Init") // started before the tests
class EnrolmentIT {
    private static final String PATH = "/api/v1/enrolments";

    @TempDir static Path data;

    private static DevHub hub;
    private static HubServices services;
    private static Http http;
    private static String[] admin;

    @BeforeAll
    static void start() {
        hub = DevHub.in(data, new HubWebFront());
        connect();
    }

    private static void connect() {
        services = hub.services();
        http = new Http(hub.port());
        String key = services.apiKeys().issue("t", Role.ADMIN, SiteScope.ALL).key().reveal();
        admin = new String[] {"X-API-Key", key};
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static Answer upload(Map<String, byte[]> entries) {
        return http.upload(PATH, Zips.of(entries), admin);
    }

    private static JsonNode ended(Answer started) {
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        return Jobs.await(http, started.json().path("job_id").asText(), admin);
    }

    private static JsonNode results(JsonNode job) {
        String id = job.path("job_id").asText();
        return http.get(PATH + "/" + id + "/results", admin).json().path("results");
    }

    @Test
    void everyPictureOfAZipHasAResult() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("Ada_Lovelace/1.png", FakePictures.of(1));
        entries.put("Ada_Lovelace/2.png", FakePictures.of(1, 1));
        entries.put("../../etc/Evil_Twin.png", FakePictures.of(2));
        entries.put("Nobody.png", FakePictures.withoutFace());
        entries.put("Dark.png", FakePictures.tooDark());
        entries.put("Broken.jpg", new byte[] {1, 2, 3});
        entries.put("Impostor.png", FakePictures.of(1, 2));
        entries.put("notes.txt", new byte[] {1});
        JsonNode job = ended(upload(entries));
        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("finished");
        assertThat(job.path("total").asInt()).isEqualTo(7);
        assertThat(job.path("enrolled").asInt()).isEqualTo(3);
        assertThat(job.path("refused").asInt()).isEqualTo(4);
        assertThat(results(job).findValuesAsText("outcome"))
                .containsExactly(
                        "enrolled",
                        "enrolled",
                        "enrolled",
                        "no_face",
                        "quality_too_low",
                        "image_unreadable",
                        "already_exists");
        JsonNode ada = http.get("/api/v1/people?q=ada+lovelace", admin).json().at("/people/0");
        assertThat(ada.path("face_count").asInt()).isEqualTo(2);
        assertThat(http.get("/api/v1/people?q=etc", admin).json().path("total").asInt())
                .isEqualTo(1);
        assertThat(data.resolve("../../etc").normalize().resolve("Evil_Twin.png")).doesNotExist();
        assertThat(spooled()).isEmpty();
    }

    private static List<Path> spooled() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("enrolments"))) {
            return files.toList();
        }
    }

    @Test
    void aTableNamesThePictures() {
        String table = "name,file,external_id\n\"Hopper, Grace\",a/1.png,G-1\nNiklaus,2.png,\n";
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a/1.png", FakePictures.of(11));
        entries.put("2.png", FakePictures.of(12));
        entries.put("3.png", FakePictures.of(13));
        entries.put("people.csv", table.getBytes(StandardCharsets.UTF_8));
        JsonNode job = ended(upload(entries));
        assertThat(results(job).findValuesAsText("outcome"))
                .containsExactly("enrolled", "enrolled", "invalid_argument");
        JsonNode grace = http.get("/api/v1/people?external_id=G-1", admin).json().at("/people/0");
        assertThat(grace.path("name").asText()).isEqualTo("Hopper, Grace");
    }

    @Test
    void whatIsNoZipFailsAndBombsAreStopped() {
        Answer none = http.upload(PATH, "no zip".getBytes(StandardCharsets.UTF_8), admin);
        assertThat(ended(none).path("state").asText()).isEqualTo("failed");
        int most = services.config().limits().imageBytes();
        JsonNode job = ended(upload(Map.of("Big.png", new byte[most + 1])));
        assertThat(results(job).findValuesAsText("outcome")).containsExactly("image_too_large");
        assertThat(http.raw("POST", PATH, "text/csv", new byte[] {1}, admin).status())
                .isEqualTo(415);
    }

    @Test
    void onlyFoldersBelowImportAreRead() throws IOException {
        Path folder = Files.createDirectories(data.resolve("import/team"));
        Files.write(folder.resolve("Linus_1.png"), FakePictures.of(14));
        Files.createSymbolicLink(folder.resolve("Secret.png"), data.resolve("master.key"));
        Files.createSymbolicLink(data.resolve("import/out"), data);
        JsonNode job = ended(http.json("POST", PATH, Map.of("folder", "team"), admin));
        assertThat(results(job).findValuesAsText("file")).containsExactly("Linus_1.png");
        for (String wrong : List.of("..", "../postgres", "out", "missing", "/etc", "a\0b")) {
            Answer answer = http.json("POST", PATH, Map.of("folder", wrong), admin);
            assertThat(answer.status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void anExportCanBeEnrolledAgain() {
        ended(upload(Map.of("Exported_Person/1.png", FakePictures.of(15))));
        Answer export = http.get("/api/v1/export/people.zip", admin);
        assertThat(export.header("Content-Type")).isEqualTo("application/zip");
        Map<String, byte[]> entries = Zips.entries(export.response().body());
        assertThat(new String(entries.get("people.csv"), StandardCharsets.UTF_8))
                .startsWith("name,file,external_id,person_id,face_id,added_at\n")
                .contains("\"Exported Person\",\"faces/");
        assertThat(entries.keySet()).anyMatch(name -> name.endsWith(".jpg"));
        JsonNode again = ended(http.upload(PATH, export.response().body(), admin));
        assertThat(again.path("state").asText()).isEqualTo("finished");
        assertThat(again.path("total").asInt()).isEqualTo(entries.size() - 1);
        String[] operator = {
            "X-API-Key", services.apiKeys().issue("o", Role.OPERATOR, SiteScope.ALL).key().reveal()
        };
        assertThat(http.get("/api/v1/export/people.zip", operator).status()).isEqualTo(403);
    }

    @Test
    void theCommandLineEnrolsAFolderATableAndAZip(@TempDir Path home) throws IOException {
        Path folder = Files.createDirectories(home.resolve("people/Barbara_L"));
        Files.write(folder.resolve("1.png"), FakePictures.of(17));
        Files.write(folder.resolve("2.png"), FakePictures.withoutFace());
        JsonNode some = enroll(home, home.resolve("people"), 2);
        assertThat(some.path("enrolled").asInt()).isEqualTo(1);
        assertThat(some.path("files").findValuesAsText("outcome"))
                .containsExactly("enrolled", "no_face");
        assertThat(some.at("/files/0/file").asText()).isEqualTo("Barbara_L/1.png");

        Files.write(home.resolve("one.png"), FakePictures.of(18));
        Path table =
                Files.writeString(home.resolve("t.csv"), "name,file\n\"Perlis, Alan\",one.png\n");
        assertThat(enroll(home, table, 0).path("enrolled").asInt()).isEqualTo(1);
        assertThat(http.get("/api/v1/people?q=perlis", admin).json().path("total").asInt())
                .isEqualTo(1);

        Path zip = Files.write(home.resolve("z.zip"), Zips.of("Edsger.png", FakePictures.of(19)));
        assertThat(enroll(home, zip, 0).path("enrolled").asInt()).isEqualTo(1);

        Files.writeString(home.resolve("bad.csv"), "name,file\nX,one.png\nY,missing.png\n");
        long jobs = http.get(PATH, admin).json().path("total").asLong();
        StringWriter bad = new StringWriter();
        assertThat(run(home, home.resolve("bad.csv"), bad)).isNotZero();
        assertThat(bad.toString()).contains("missing.png");
        assertThat(http.get(PATH, admin).json().path("total").asLong())
                .as("the rest of the table is enrolled")
                .isEqualTo(jobs + 1);
    }

    private static JsonNode enroll(Path home, Path source, int status) throws IOException {
        StringWriter out = new StringWriter();
        assertThat(run(home, source, out)).as(out.toString()).isEqualTo(status);
        return Http.JSON.readTree(out.toString().lines().reduce((_, last) -> last).orElse(""));
    }

    private static int run(Path home, Path source, StringWriter out) throws IOException {
        Path key = Files.writeString(home.resolve("key"), admin[1]);
        return new CommandLine(new EnrollVerb())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(
                        source.toString(),
                        "--hub",
                        "http://127.0.0.1:" + hub.port(),
                        "--key-file",
                        key.toString(),
                        "--json");
    }

    @Test
    void aJobIsCancelledOrSaysThatItWasInterrupted() {
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 3000; i++) {
            many.put("Crowd_" + i + "/1.png", FakePictures.of(16));
        }
        String cancelled = upload(many).json().path("job_id").asText();
        assertThat(http.delete(PATH + "/" + cancelled, admin).status()).isEqualTo(200);
        JsonNode job = Jobs.await(http, cancelled, admin);
        assertThat(job.path("state").asText()).isEqualTo("cancelled");
        assertThat(http.delete(PATH + "/" + cancelled, admin).status()).isEqualTo(409);
        String interrupted = upload(many).json().path("job_id").asText();
        hub.close();
        hub = DevHub.in(data, new HubWebFront());
        connect();
        assertThat(http.get(PATH + "/" + interrupted, admin).json().path("state").asText())
                .isEqualTo("interrupted");
    }
}
