package io.facet.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facet.config.Places;
import io.facet.crypto.KeyFile;
import io.facet.crypto.SigningKeyPair;
import io.facet.update.ReleaseArchive;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The edge package in a bare Debian: installed, started by its own launcher, updated, rolled back,
 * upgraded, removed. Takes minutes and a Debian mirror.
 */
@Tag("long")
@SuppressWarnings("NullAway.Init") // the test makes the root first
class PackageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir Path folder;
    private DebianRoot debian;
    private final Path home = Places.find(System.getenv(), Path.of("")).home();
    private final List<Process> agents = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (Process left : agents) {
            left.descendants().forEach(ProcessHandle::destroyForcibly);
            left.destroyForcibly().waitFor();
        }
    }

    @Test
    void livesThroughInstallationUpdatesAndRemoval() throws Exception {
        debian = DebianRoot.make(folder.resolve("root"));
        Path key = folder.resolve("release-key");
        build("0.1.1", key);
        build("0.1.2", key);
        debian.install(file("0.1.1", "deb"));
        Path data = debian.path("var/lib/facet/edge");
        Files.writeString(data.resolve("device-key"), "of-no-hub\n");
        debian.inside("chown", "facet-edge:", "/var/lib/facet/edge/device-key");
        start();
        awaitFile(data.resolve("ready"));
        stopAgent();

        update(file("0.1.2", "release"), 0);
        start();
        awaitResult(data, "committed 0.1.2");
        assertThat(debian.inside("facet-edge", "update")).contains("in use: version 0.1.2");
        stopAgent();

        assertThat(update(file("0.1.1", "release"), 1)).contains("not newer");
        Path work = folder.resolve("work");
        Trees.copy(data.resolve("slots/a"), work);
        Path forged = signed(work, "0.1.3", SigningKeyPair.generate());
        assertThat(update(forged, 1)).contains("not signed");
        assertThat(data.resolve("slots/next")).doesNotExist();

        debian.inside("dpkg", "-i", debian.take(file("0.1.2", "deb")));
        assertThat(data.resolve("slots/state")).content().contains("current=a");

        Files.delete(work.resolve("app/facet-edge-agent.jar"));
        SigningKeyPair maker = SigningKeyPair.fromBytes(KeyFile.read(key).orElseThrow());
        update(signed(work, "0.1.3", maker), 0);
        start();
        awaitResult(data, "rolled_back 0.1.3");
        awaitFile(data.resolve("ready"));
        assertThat(debian.inside("facet-edge", "update")).contains("in use: version 0.1.2");
        stopAgent();

        debian.inside("dpkg", "-r", "facet-edge");
        assertThat(debian.path("usr/lib/facet")).doesNotExist();
        assertThat(debian.path("etc/facet/edge.json")).exists();
        assertThat(data.resolve("device-key")).exists();
        debian.inside("dpkg", "-P", "facet-edge");
        assertThat(debian.path("etc/facet")).doesNotExist();
        assertThat(data).doesNotExist();
    }

    private Path file(String version, String ending) {
        return folder.resolve(
                "facet-edge_%s_%s.%s"
                        .formatted(
                                version,
                                Architecture.ofThisMachine().orElseThrow().debian(),
                                ending));
    }

    private void build(String version, Path key) throws Exception {
        DebianRoot.Run built =
                DebianRoot.run(
                        Map.of("FACET_BUILT", "yes"),
                        home.resolve("facet").toString(),
                        "package",
                        "edge",
                        "--set-version",
                        version,
                        "--release-key",
                        key.toString(),
                        "--output",
                        folder.toString());
        assertThat(built.status()).as(built.text()).isZero();
    }

    /** A release of what is in a folder, under another version. */
    private Path signed(Path content, String version, SigningKeyPair key) throws IOException {
        Path file = folder.resolve(version + "-" + key.verifying().keyId() + ".release");
        String machine = Architecture.ofThisMachine().orElseThrow().debian();
        try (OutputStream out = Files.newOutputStream(file)) {
            Files.writeString(content.resolve("version"), version + "\n");
            ReleaseArchive.write(content, "facet-edge", version, machine, key, out);
        }
        return file;
    }

    private String update(Path release, int status) throws Exception {
        ProcessBuilder builder = debian.chroot("facet-edge", "update", "-");
        Process process = builder.redirectInput(release.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(status);
        return said;
    }

    /** It needs no hub to be ready. */
    private void start() throws IOException {
        agents.add(
                debian.service(
                        "edge",
                        folder.resolve("agent.log"),
                        "FACET_MQTT_URL=tcp://127.0.0.1:9",
                        "FACET_AGENT_ID=box",
                        "FACET_SETTLED_AFTER=5"));
    }

    private void stopAgent() throws InterruptedException {
        agents.getLast().destroy();
        assertThat(agents.getLast().waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(agents.getLast().exitValue()).isZero();
    }

    private void awaitFile(Path file) {
        await().atMost(PATIENCE).until(() -> Files.exists(file));
    }

    private void awaitResult(Path data, String result) {
        Path file = data.resolve("slots/result");
        await().atMost(PATIENCE)
                .until(() -> Files.exists(file) && Files.readString(file).startsWith(result));
    }
}
