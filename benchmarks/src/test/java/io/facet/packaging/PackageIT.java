package io.facet.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
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
class PackageIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** In a mount namespace of its own, so that /proc is gone when the command is. */
    private static final String ENTER =
            "mount -t proc proc \"$0/proc\" && exec chroot \"$0\" \"$@\"";

    @TempDir Path folder;
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
        makeRoot();
        Path key = folder.resolve("release-key");
        build("0.1.1", key);
        build("0.1.2", key);
        install("0.1.1");
        Path data = root().resolve("var/lib/facet/edge");
        Files.writeString(data.resolve("device-key"), "of-no-hub\n");
        inside("chown", "facet-edge:", "/var/lib/facet/edge/device-key");
        start();
        awaitFile(data.resolve("ready"));
        stopAgent();

        update(file("0.1.2", "release"), 0);
        start();
        awaitResult(data, "committed 0.1.2");
        assertThat(inside("facet-edge", "update")).contains("in use: version 0.1.2");
        stopAgent();

        assertThat(update(file("0.1.1", "release"), 1)).contains("not newer");
        Path work = folder.resolve("work");
        Trees.copy(data.resolve("slots/a"), work);
        Path forged = signed(work, "0.1.3", SigningKeyPair.generate());
        assertThat(update(forged, 1)).contains("not signed");
        assertThat(data.resolve("slots/next")).doesNotExist();

        inside("dpkg", "-i", "/tmp/" + file("0.1.2", "deb").getFileName());
        assertThat(data.resolve("slots/state")).content().contains("current=a");

        Files.delete(work.resolve("app/facet-edge-agent.jar"));
        SigningKeyPair maker = SigningKeyPair.fromBytes(KeyFile.read(key).orElseThrow());
        update(signed(work, "0.1.3", maker), 0);
        start();
        awaitResult(data, "rolled_back 0.1.3");
        awaitFile(data.resolve("ready"));
        assertThat(inside("facet-edge", "update")).contains("in use: version 0.1.2");
        stopAgent();

        inside("dpkg", "-r", "facet-edge");
        assertThat(root().resolve("usr/lib/facet")).doesNotExist();
        assertThat(root().resolve("etc/facet/edge.json")).exists();
        assertThat(data.resolve("device-key")).exists();
        inside("dpkg", "-P", "facet-edge");
        assertThat(root().resolve("etc/facet")).doesNotExist();
        assertThat(data).doesNotExist();
    }

    /** Skips where there is no root, no debootstrap or no mirror. */
    private void makeRoot() throws Exception {
        assumeThat(System.getProperty("user.name")).as("the user").isEqualTo("root");
        assumeThat(Path.of("/usr/sbin/debootstrap")).as("debootstrap").exists();
        Run made = run(Map.of(), "debootstrap", "--variant=minbase", "stable", root().toString());
        assumeThat(made.status()).as("debootstrap: " + made.text()).isZero();
    }

    private Path root() {
        return folder.resolve("root");
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
        Run built =
                run(
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

    private void install(String version) throws Exception {
        for (String each : List.of("0.1.1", "0.1.2")) {
            Path deb = file(each, "deb");
            Files.copy(deb, root().resolve("tmp").resolve(deb.getFileName()));
        }
        Files.copy(
                Path.of("/etc/resolv.conf"),
                root().resolve("etc/resolv.conf"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        inside("apt-get", "update");
        inside(
                "apt-get",
                "install",
                "-y",
                "--no-install-recommends",
                "/tmp/" + file(version, "deb").getFileName());
    }

    private String update(Path release, int status) throws Exception {
        ProcessBuilder builder = chroot("facet-edge", "update", "-");
        Process process = builder.redirectInput(release.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(status);
        return said;
    }

    /** As systemd does: as the package's user. It needs no hub to be ready. */
    private void start() throws IOException {
        agents.add(
                chroot(
                                "setpriv",
                                "--reuid=facet-edge",
                                "--regid=facet-edge",
                                "--clear-groups",
                                "env",
                                "HOME=/var/lib/facet/edge",
                                "FACET_MQTT_URL=tcp://127.0.0.1:9",
                                "FACET_AGENT_ID=box",
                                "FACET_SETTLED_AFTER=5",
                                "/usr/lib/facet/edge/launch",
                                "run")
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("agent.log").toFile()))
                        .start());
    }

    private void stopAgent() throws InterruptedException {
        agents.getLast().destroy();
        assertThat(agents.getLast().waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(agents.getLast().exitValue()).isZero();
    }

    private String inside(String... command) throws Exception {
        Process process = chroot(command).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private ProcessBuilder chroot(String... command) {
        List<String> all = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", ENTER));
        all.add(root().toString());
        all.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("FACET_"));
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        return builder;
    }

    private record Run(int status, String text) {}

    private static Run run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), said);
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
