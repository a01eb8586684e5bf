package io.facet.hub.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.people.EnrolOutcome;
import io.facet.hub.people.Enrolment;
import io.facet.hub.testing.Configs;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.EmbeddedSql;
import io.facet.hub.testing.FakePictures;
import io.facet.hub.testing.NoWebFront;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new master key while the hub works, and while it is killed. */
class KeyRotationIT {
    @TempDir Path data;

    private static void enrol(DevHub hub, int number) {
        assertThat(
                        hub.services()
                                .people()
                                .enrol(Enrolment.of("Person " + number, FakePictures.of(number))))
                .isInstanceOf(EnrolOutcome.Enrolled.class);
    }

    /** Everybody's name, and the picture of everybody's face: all of it decrypted. */
    private static void everybodyIsReadable(DevHub hub, int count) {
        var faces = hub.services().people().faces(0, 1000).faces();
        assertThat(faces).hasSize(count);
        for (var face : faces) {
            assertThat(face.name()).startsWith("Person ");
            assertThat(hub.services().people().picture(face.id())).isPresent();
        }
    }

    private static long distinctMasters(Path data) throws Exception {
        try (EmbeddedSql sql = EmbeddedSql.of(data)) {
            return sql.number(
                    "SELECT count(DISTINCT substring(wrapped FOR 5)) FROM (SELECT wrapped_key AS"
                            + " wrapped FROM people UNION ALL SELECT wrapped FROM root_keys) k");
        }
    }

    @Test
    void everythingStaysReadableAndNothingStaysUnderTheOldKey() throws Exception {
        byte[] before;
        try (DevHub hub = DevHub.in(data)) {
            for (int i = 1; i <= 3; i++) {
                enrol(hub, i);
            }
            before = Files.readAllBytes(data.resolve("master.key"));
            AtomicBoolean stop = new AtomicBoolean();
            Thread enrolling =
                    Thread.ofVirtual()
                            .start(() -> {
                                for (int i = 4; i <= 12; i++) {
                                    enrol(hub, i);
                                }
                                stop.set(true);
                            });
            while (!stop.get() && enrolling.isAlive()) {
                hub.services().safeguards().rotation().rotate();
            }
            enrolling.join();
            assertThat(hub.services().safeguards().rotation().rotate()).isEqualTo(12);
            everybodyIsReadable(hub, 12);
            assertThat(distinctMasters(data)).isEqualTo(1);
        }
        assertThat(Files.readAllBytes(data.resolve("master.key"))).isNotEqualTo(before);
        assertThat(data.resolve("master.key.next")).doesNotExist();
        try (DevHub hub = DevHub.in(data)) {
            everybodyIsReadable(hub, 12);
        }
        // The old key opens nothing any more.
        Files.write(data.resolve("master.key"), before);
        assertThatThrownBy(() -> DevHub.in(data).close())
                .isInstanceOfSatisfying(
                        FacetException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
    }

    @Test
    void aHubKilledInTheMiddleGoesOnWithBothKeys() throws Exception {
        try (DevHub hub = DevHub.in(data)) {
            for (int i = 1; i <= 20; i++) {
                enrol(hub, i);
            }
        }
        boolean inTheMiddle = false;
        Random random = new Random(7);
        for (int attempt = 0; attempt < 6 && !inTheMiddle; attempt++) {
            kill(random.nextInt(30));
            inTheMiddle = Files.exists(data.resolve("master.key.next"));
            try (DevHub hub = DevHub.in(data)) {
                everybodyIsReadable(hub, 20);
                assertThat(distinctMasters(data)).isEqualTo(1);
                assertThat(data.resolve("master.key.next")).doesNotExist();
            }
        }
        assertThat(inTheMiddle).as("one of six kills hit a rotation").isTrue();
    }

    /** Starts a hub that rotates, and kills it a little after a rotation was done. */
    private void kill(int millis) throws Exception {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-modules=jdk.incubator.vector",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RotatingHub.class.getName(),
                                data.toString())
                        .redirectError(data.resolve("child.log").toFile())
                        .start();
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            int rotations = 0;
            String line = out.readLine();
            while (line != null && rotations < 2) {
                rotations += line.startsWith("rotated") ? 1 : 0;
                line = out.readLine();
            }
            assertThat(rotations).as(Files.readString(data.resolve("child.log"))).isEqualTo(2);
            Thread.sleep(millis);
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void theKeyCanBeInTheEnvironmentOrWithACommand() throws Exception {
        String one = Base64.getEncoder().encodeToString(new byte[32]);
        byte[] other = new byte[32];
        other[0] = 1;
        String two = Base64.getEncoder().encodeToString(other);
        start(Map.of("FACET_HUB_MASTER_KEY", one), hub -> enrol(hub, 1));
        assertThat(data.resolve("master.key")).doesNotExist();
        Map<String, String> both =
                Map.of("FACET_HUB_MASTER_KEY", one, "FACET_HUB_NEXT_MASTER_KEY", two);
        start(both, hub -> everybodyIsReadable(hub, 1));
        Path script = data.resolve("key.sh");
        Files.writeString(script, "test \"$1\" = present && echo " + two + "\nexit 0\n");
        start(
                Map.of("FACET_HUB_MASTER_KEY_COMMAND", "sh," + script),
                hub -> everybodyIsReadable(hub, 1));
        assertThatThrownBy(() ->
                        start(
                                Map.of("FACET_HUB_MASTER_KEY", one),
                                hub -> everybodyIsReadable(hub, 1)))
                .isInstanceOf(FacetException.class);
    }

    private void start(Map<String, String> config, java.util.function.Consumer<DevHub> with) {
        try (DevHub hub = DevHub.in(data, new NoWebFront(), Configs.with(config))) {
            with.accept(hub);
        }
    }
}
