package io.facet.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.config.Places;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's verbs through the launcher, against a hub that is a process of its own. */
class OperatorIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String KEPT = "Quirina Ypsilon";
    private static final String ERASED = "Zebulon Quork";
    private static final String LATER = "Wilhelmina Late";
    private static final String PASSPHRASE = "correct horse battery staple";

    @TempDir Path folder;

    private Path portraits;
    private Path first;
    private Path second;
    private Path backup;
    private Path passphrase;

    @BeforeEach
    void needsPortraits() throws Exception {
        Optional<Path> data =
                Places.find(System.getenv(), Path.of(""))
                        .testData()
                        .map(d -> d.resolve("portraits-face_recognition/examples"))
                        .filter(Files::isDirectory);
        assumeThat(data).as("the portraits").isPresent();
        portraits = data.orElseThrow();
        first = folder.resolve("first");
        second = folder.resolve("second");
        backup = folder.resolve("facet.backup");
        passphrase = Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
    }

    @Test
    void aHubThatIsRotatedBackedUpAndRestoredNamesAllButWhomItErased() throws Exception {
        List<byte[]> secrets = new ArrayList<>();
        try (Program hub = hub(first)) {
            succeeds("enroll", table().toString(), "--data", first.toString());
            secrets.add(Files.readAllBytes(first.resolve("master.key")));
            JsonNode rotated = succeeds("keys", "rotate", "--json", "--data", first.toString());
            assertThat(rotated.path("rewrapped").asInt()).isEqualTo(2);
            secrets.add(Files.readAllBytes(first.resolve("master.key")));
            assertThat(secrets.getLast()).isNotEqualTo(secrets.getFirst());
            secrets.add(Program.key(first).getBytes(UTF_8));
            JsonNode written =
                    succeeds(
                            "backup",
                            backup.toString(),
                            "--json",
                            "--data",
                            first.toString(),
                            "--passphrase-file",
                            passphrase.toString());
            assertThat(written.path("bytes").asLong()).isEqualTo(Files.size(backup));
            changeASetting();
            erase(ERASED);
            succeeds("enroll", latecomers().toString(), "--data", first.toString());
            assertThat(people(first)).containsExactlyInAnyOrder(KEPT, LATER);
            succeeds("audit", "verify", "--data", first.toString());
            assertThat(hub.stop()).isTrue();
        }
        assertHoldsNothingPlain(secrets);
        assertThat(restore(passphrase.resolveSibling("none")).said()).contains("passphrase");
        assertThat(second).doesNotExist();
        assertThat(restore(passphrase).json().path("erased_again").asInt()).isEqualTo(1);
        try (Program _ = hub(second)) {
            assertThat(people(second)).containsExactly(KEPT);
            assertThat(named("obama2.jpg")).isEqualTo(KEPT);
            assertThat(named("biden.jpg")).isEmpty();
            succeeds("audit", "verify", "--data", second.toString());
            JsonNode prepared =
                    succeeds("models", "prepare", "starter", "--json", "--data", second.toString());
            assertThat(prepared.path("done").asInt()).isEqualTo(1);
            Program.Result again = restore(passphrase);
            assertThat(again.status()).isEqualTo(1);
            assertThat(again.said()).contains("another hub uses the data folder");
        }
        try (Program _ = hub(second, "--pack", "starter")) {
            assertThat(named("obama2.jpg")).isEqualTo(KEPT);
            assertThat(named("biden.jpg")).isEmpty();
        }
    }

    /** A table of two, the second twice: a picture of somebody who is there is linked. */
    private Path table() throws Exception {
        return Files.writeString(
                folder.resolve("people.csv"),
                "name,file%n%s,%s%n%s,%s%n"
                        .formatted(
                                KEPT,
                                copied("obama.jpg"),
                                ERASED,
                                copied("knn_examples/train/biden/biden2.jpg")));
    }

    private String copied(String picture) throws Exception {
        Path from = portraits.resolve(picture);
        Path to = folder.resolve(from.getFileName());
        Files.copy(from, to);
        return to.getFileName().toString();
    }

    private Path latecomers() throws Exception {
        Path pictures = folder.resolve("later");
        Files.createDirectories(pictures.resolve(LATER));
        Files.copy(
                portraits.resolve("knn_examples/train/rose_leslie/img1.jpg"),
                pictures.resolve(LATER).resolve("1.jpg"));
        return pictures;
    }

    private Program hub(Path data, String... options) throws Exception {
        Path log = folder.resolve(data.getFileName() + ".log");
        Files.deleteIfExists(data.resolve("ports.json"));
        List<String> command =
                new ArrayList<>(List.of("hub", "--data", data.toString(), "--port", "0"));
        command.addAll(List.of(options));
        Program hub = Program.start(log, command.toArray(String[]::new));
        await().atMost(PATIENCE)
                .failFast(() -> assertThat(hub.alive()).as(Files.readString(log)).isTrue())
                .until(() -> Files.exists(data.resolve("ports.json")));
        return hub;
    }

    /** Its JSON, of a verb that gives any; otherwise a missing node. */
    private JsonNode succeeds(String... arguments) throws Exception {
        Program.Result result = run(arguments);
        assertThat(result.status()).as(result.said()).isZero();
        return List.of(arguments).contains("--json")
                ? result.json()
                : com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private Program.Result restore(Path words) throws Exception {
        return Program.run(
                folder.resolve("restore.log"),
                "restore",
                backup.toString(),
                "--json",
                "--data",
                second.toString(),
                "--passphrase-file",
                words.toString(),
                "--master-key",
                first.resolve("master.key").toString(),
                "--erasures",
                first.resolve("erasures.log").toString());
    }

    /** Erases a person after taking a copy of what there is about them. */
    private void erase(String name) throws Exception {
        String data = first.toString();
        JsonNode found =
                succeeds("people", "find", name.toLowerCase(Locale.ROOT), "--json", "--data", data);
        String id = found.path("people").path(0).path("person_id").asText();
        Path copy = folder.resolve("person.zip");
        succeeds("people", "export", copy.toString(), "--person", id, "--data", data);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        try (ZipFile zip = new ZipFile(copy.toFile())) {
            assertThat(zip.stream()).anyMatch(e -> e.getName().equals("person.json"));
        }
        Program.Result again = run("people", "export", copy.toString(), "--data", data);
        assertThat(again.said()).contains("is there already");
        assertThat(run("people", "erase", id, "--data", data).said()).contains("--yes");
        succeeds("people", "erase", id, "--yes", "--data", data);
        assertThat(run("people", "find", name, "--data", data).status()).isEqualTo(2);
    }

    private void changeASetting() throws Exception {
        String data = first.toString();
        String key = "recognition.threshold";
        succeeds("settings", "set", key, "0.71", "--data", data);
        JsonNode listed = succeeds("settings", "list", "--json", "--data", data);
        assertThat(listed.path("settings").valueStream())
                .anyMatch(s ->
                        s.path("key").asText().equals(key)
                                && s.path("value").asDouble() == 0.71
                                && s.path("origin").asText().equals("setting"));
        succeeds("settings", "unset", key, "--data", data);
        assertThat(run("settings", "set", "no.such", "1", "--data", data).status()).isEqualTo(1);
    }

    private Program.Result run(String... arguments) throws Exception {
        return Program.run(folder.resolve("verb.log"), arguments);
    }

    private static List<String> people(Path data) throws Exception {
        List<String> names = new ArrayList<>();
        Program.client(data)
                .get("/api/v1/people")
                .orThrow()
                .path("people")
                .forEach(p -> names.add(p.path("name").asText()));
        return names;
    }

    /** The name of whom a picture shows; empty when it is nobody known. */
    private String named(String picture) throws Exception {
        JsonNode face =
                succeeds(
                                "recognize",
                                portraits.resolve(picture).toString(),
                                "--json",
                                "--data",
                                second.toString())
                        .path("pictures")
                        .path(0)
                        .path("faces")
                        .path(0);
        assertThat(face.path("decision").asText()).isIn("known", "unknown");
        return face.path("decision").asText().equals("known")
                ? face.path("candidates").path(0).path("name").asText()
                : "";
    }

    private void assertHoldsNothingPlain(List<byte[]> secrets) throws Exception {
        String bytes = Files.readString(backup, ISO_8859_1);
        for (String name : List.of(KEPT, ERASED, PASSPHRASE)) {
            assertThat(bytes.contains(name)).as(name).isFalse();
            assertThat(bytes.contains(new String(name.getBytes(UTF_16LE), ISO_8859_1)))
                    .as(name)
                    .isFalse();
        }
        for (byte[] secret : secrets) {
            assertThat(bytes.contains(new String(secret, ISO_8859_1))).isFalse();
        }
        byte[] picture = Files.readAllBytes(portraits.resolve("obama.jpg"));
        String middle = new String(picture, picture.length / 2, 32, ISO_8859_1);
        assertThat(bytes.contains(middle)).isFalse();
    }
}
