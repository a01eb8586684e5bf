package io.facet.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facet.config.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packages' launcher with releases that behave, crash, hang or are cut off. */
class LaunchIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String GOOD = "touch \"$FACET_READY_FILE\"; exec sleep 600";
    private static final String CRASHES = "exit 3";
    private static final String HANGS = "exec sleep 600";
    private static final String READY_THEN_CRASHES = "touch \"$FACET_READY_FILE\"; exit 4";

    @TempDir Path folder;
    private Path launcher = Path.of("");
    private Path data = Path.of("");
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void anInstallation() throws IOException {
        Path templates =
                Places.find(System.getenv(), Path.of("")).home().resolve("provisioning/debian");
        Path lib = Files.createDirectories(folder.resolve("lib"));
        data = Files.createDirectories(folder.resolve("data"));
        launcher = lib.resolve("launch");
        String text = Files.readString(templates.resolve("launch"));
        for (Map.Entry<String, String> word : Role.EDGE.words().entrySet()) {
            text = text.replace("@" + word.getKey() + "@", word.getValue());
        }
        assertThat(text).doesNotContainPattern("@[A-Z_]+@");
        executable(launcher, text);
        release(lib.resolve("release"), "1.0.0", GOOD);
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process left : processes) {
            left.descendants().forEach(ProcessHandle::destroyForcibly);
            left.destroyForcibly().waitFor();
        }
    }

    @Test
    void runsThePackagesReleaseAndStopsOnRequest() throws Exception {
        start();
        awaitStart("1.0.0", 1);
        process().destroy();
        assertThat(process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process().descendants()).isEmpty();
    }

    @Test
    void anUpdateThatIsReadyIsCommitted() throws Exception {
        update("a", "1.1.0", GOOD);
        start();
        awaitResult("committed 1.1.0");
        assertThat(state()).contains("current=a\n", "former=package\n", "trial=\n");
        assertThat(slots().resolve("next")).doesNotExist();
        restart();
        awaitStart("1.1.0", 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {CRASHES, HANGS, READY_THEN_CRASHES})
    void aBadUpdateGivesWayToTheFormerRelease(String bad) throws Exception {
        update("a", "1.1.0", bad);
        start();
        awaitResult("rolled_back 1.1.0");
        awaitStart("1.0.0", 1);
        assertThat(state()).contains("current=package\n", "trial=\n");
        assertThat(slots().resolve("refused")).content().startsWith("1.1.0 ");
        assertThat(process().isAlive()).isTrue();
    }

    @Test
    void whatStopsByRequestIsTriedAgain() throws Exception {
        update("a", "1.1.0", HANGS);
        start("600");
        awaitStart("1.1.0", 1);
        process().destroy();
        assertThat(process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(state()).contains("trial=a\n", "trials=0\n");
        assertThat(slots().resolve("result")).doesNotExist();
    }

    @Test
    void powerCutsInTheMiddleOfATrialEndIt() throws Exception {
        update("a", "1.1.0", HANGS);
        for (int cut = 1; cut <= 3; cut++) {
            start("600");
            awaitStart("1.1.0", cut);
            // Nobody is told: the launcher goes first, then what it ran.
            ProcessHandle[] children = process().descendants().toArray(ProcessHandle[]::new);
            process().destroyForcibly().waitFor();
            for (ProcessHandle child : children) {
                child.destroyForcibly();
                await().atMost(PATIENCE).until(() -> !child.isAlive());
            }
        }
        start("600");
        awaitResult("rolled_back 1.1.0 was cut off 3 times");
        awaitStart("1.0.0", 1);
    }

    @Test
    void aCommittedReleaseThatNoLongerStartsGivesWayToo() throws Exception {
        update("a", "1.1.0", GOOD);
        start();
        awaitResult("committed 1.1.0");
        process().destroy();
        process().waitFor();
        release(slots().resolve("a"), "1.1.0", CRASHES);
        for (int i = 0; i < 5; i++) {
            start();
            assertThat(process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process().exitValue()).isEqualTo(3);
        }
        start();
        awaitResult("rolled_back 1.1.0 ended 5 times");
        awaitStart("1.0.0", 1);
    }

    @Test
    void anUpdateThatIsInstalledWhileTheAgentRunsIsTakenAtItsRequest() throws Exception {
        release(
                folder.resolve("lib/release"),
                "1.0.0",
                "touch \"$FACET_READY_FILE\"; while [ ! -e \"$FACET_SLOTS/next\" ]; do sleep 1;"
                        + " done; exit 75");
        start();
        awaitStart("1.0.0", 1);
        update("b", "1.1.0", GOOD);
        awaitResult("committed 1.1.0");
    }

    @Test
    void aBrokenSlotIsNotTried() throws Exception {
        Files.createDirectories(slots().resolve("a"));
        Files.writeString(slots().resolve("next"), "a\n");
        start();
        awaitStart("1.0.0", 1);
        assertThat(slots().resolve("next")).doesNotExist();
    }

    @Test
    void otherVerbsRunOnTheReleaseInUse() throws Exception {
        update("a", "1.1.0", GOOD);
        Files.writeString(slots().resolve("state"), "current=a\ntrial=\nformer=package\n");
        release(
                slots().resolve("a"),
                "1.1.0",
                "for last in \"$@\"; do :; done; echo \"$last\" >&2");
        Process run = launch("5", "doctor");
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("log"))).contains("doctor");
    }

    /** The launcher that was started last. */
    private Process process() {
        return processes.getLast();
    }

    private Path slots() {
        return data.resolve("slots");
    }

    private String state() throws IOException {
        return Files.readString(slots().resolve("state"));
    }

    private void update(String slot, String version, String behaviour) throws IOException {
        release(slots().resolve(slot), version, behaviour);
        Files.writeString(slots().resolve("next"), slot + "\n");
    }

    /** A release whose Java is a shell that notes its start. */
    private void release(Path at, String version, String behaviour) throws IOException {
        Files.createDirectories(at.resolve("runtime/bin"));
        Files.writeString(at.resolve("version"), version + "\n");
        executable(
                at.resolve("runtime/bin/java"),
                "#!/bin/sh\necho " + version + " >>'" + starts() + "'\n" + behaviour + "\n");
    }

    private Path starts() {
        return folder.resolve("starts");
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void start() throws IOException {
        // A crowded machine starts a shell late; what is to be late sleeps for minutes.
        start("12");
    }

    private void start(String readyWithin) throws IOException {
        processes.add(launch(readyWithin, "run"));
    }

    private void restart() throws IOException, InterruptedException {
        process().destroy();
        process().waitFor();
        start();
    }

    private Process launch(String readyWithin, String verb) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), verb);
        builder.environment().remove("NOTIFY_SOCKET");
        builder.environment()
                .putAll(
                        Map.of(
                                "FACET_SERVICE_DATA",
                                data.toString(),
                                "FACET_READY_WITHIN",
                                readyWithin,
                                "FACET_SETTLED_AFTER",
                                "2"));
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private void awaitStart(String version, int times) {
        await().atMost(PATIENCE)
                .until(() ->
                        Files.exists(starts())
                                && Files.readAllLines(starts()).stream()
                                                .filter(version::equals)
                                                .count()
                                        >= times);
    }

    private void awaitResult(String result) {
        Path file = slots().resolve("result");
        await().atMost(PATIENCE)
                .until(() -> Files.exists(file) && Files.readString(file).startsWith(result));
    }
}
