package io.facet.edge.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.config.Secret;
import io.facet.crypto.SigningKeyPair;
import io.facet.edge.software.Product.Finding;
import io.facet.edge.software.Standing.State;
import io.facet.update.Installation;
import io.facet.update.ReleaseArchive;
import io.facet.update.Slots;
import io.facet.update.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases over real HTTP into real slots; the test writes what the launcher would. */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder before the first test
class ReleaseUpdateIT {
    private static final SigningKeyPair KEY = SigningKeyPair.generate();

    @TempDir private Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger restarts = new AtomicInteger();
    private final FaceCount fleet = new FaceCount();
    private SoftwareHub hub;

    @BeforeEach
    void aHub() throws IOException {
        hub = new SoftwareHub();
    }

    @AfterEach
    void stop() {
        hub.close();
        http.close();
    }

    @Test
    void aReleaseIsStagedTriedAndCommitted() throws Exception {
        Artefact release = release("1.1.0", KEY, "amd64");
        assertThat(update("1.0.0").step(Optional.of(release), _ -> {}))
                .isEqualTo(Finding.of(State.STAGED));
        assertThat(restarts).hasValue(1);
        assertThat(slots().resolve("next")).hasContent("a\n");

        // The launcher starts it.
        Files.delete(slots().resolve("next"));
        write("state", "current=package\ntrial=a\nformer=\n");
        assertThat(update("1.1.0").step(Optional.of(release), _ -> {}))
                .isEqualTo(Finding.of(State.TRIAL));
        write("state", "current=a\ntrial=\nformer=package\n");
        write("result", "committed 1.1.0\n");
        assertThat(update("1.1.0").step(Optional.of(release), _ -> {})).isEqualTo(Finding.CURRENT);
        assertThat(restarts).hasValue(1);
    }

    @Test
    void aReleaseThatWasRolledBackIsSaidWithItsReasonAndNotTriedAgain() throws Exception {
        Artefact release = release("1.1.0", KEY, "amd64");
        update("1.0.0").step(Optional.of(release), _ -> {});
        Files.delete(slots().resolve("next"));
        write("state", "current=package\ntrial=\nformer=\n");
        write("refused", "1.1.0 was not ready within 180 seconds\n");
        write("result", "rolled_back 1.1.0 was not ready within 180 seconds\n");
        int asked = hub.asked.size();
        assertThat(update("1.0.0").step(Optional.of(release), _ -> {}))
                .isEqualTo(new Finding(State.ROLLED_BACK, "was not ready within 180 seconds"));
        assertThat(hub.asked).hasSize(asked);
    }

    @Test
    void whatIsNotSignedHereOrForAnotherMachineOrOlderIsRefusedOnce() throws Exception {
        assertRefused(release("1.1.0", SigningKeyPair.generate(), "amd64"), "permission_denied");
        assertRefused(release("1.1.0", KEY, "arm64"), "conflict: the release is for arm64");
        assertRefused(release("0.9.0", KEY, "amd64"), "not newer than 1.0.0");
        Artefact whole = release("1.2.0", KEY, "amd64");
        byte[] damaged = Arrays.copyOf(archive("1.2.0", KEY, "amd64"), (int) whole.size() / 2);
        assertRefused(new Artefact(hub.keep(damaged), damaged.length, "facet-edge", "1.2.0"), "");
    }

    private void assertRefused(Artefact release, String reason) throws Exception {
        Finding first = update("1.0.0").step(Optional.of(release), _ -> {});
        assertThat(first.state()).as(first.reason()).isEqualTo(State.REFUSED);
        assertThat(first.reason()).contains(reason);
        int asked = hub.asked.size();
        assertThat(update("1.0.0").step(Optional.of(release), _ -> {})).isEqualTo(first);
        assertThat(hub.asked).as("not fetched again").hasSize(asked);
        assertThat(slots().resolve("next")).doesNotExist();
        assertThat(restarts).hasValue(0);
    }

    @Test
    void nobodyIsInterrupted() throws Exception {
        Artefact release = release("1.1.0", KEY, "amd64");
        ReleaseUpdate update = update("1.0.0", Duration.ofHours(1));
        assertThat(update.step(Optional.of(release), _ -> {}).reason()).contains("no face");
        assertThat(update.step(Optional.of(release), _ -> {}).state()).isEqualTo(State.STAGED);
        assertThat(restarts).hasValue(0);
    }

    @Test
    void anAgentThatWasStartedByHandSaysSo() throws Exception {
        ReleaseUpdate byHand =
                new ReleaseUpdate(
                        new Product.Parts(downloads(), Host.NONE, quiet(Duration.ZERO)),
                        "1.0.0",
                        folder.resolve("verdict"));
        Finding found = byHand.step(Optional.of(release("1.1.0", KEY, "amd64")), _ -> {});
        assertThat(found.state()).isEqualTo(State.REFUSED);
        assertThat(found.reason()).contains("package's service");
    }

    private ReleaseUpdate update(String running) {
        return update(running, Duration.ZERO);
    }

    /** As after a start. */
    private ReleaseUpdate update(String running, Duration calm) {
        Host.Restart restart =
                new Host.Restart() {
                    @Override
                    public boolean again(String why) {
                        restarts.incrementAndGet();
                        return true;
                    }

                    @Override
                    public void hung() {}
                };
        Slots slots =
                new Slots(
                        slots(),
                        new Slots.Running("facet-edge", new Version(running), "amd64"),
                        KEY.verifying());
        Host host = new Host(Optional.of(new Installation(slots)), restart, Host.Timing.USUAL);
        return new ReleaseUpdate(
                new Product.Parts(downloads(), host, quiet(calm)),
                running,
                folder.resolve("verdict"));
    }

    private Quiet quiet(Duration calm) {
        return new Quiet(fleet, calm, System::nanoTime);
    }

    private Downloads downloads() {
        return new Downloads(
                folder.resolve("artefacts"),
                new HubArtefacts(http, hub.address(), Secret.NONE),
                Patience.USUAL);
    }

    private Path slots() {
        return folder.resolve("slots");
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(slots().resolve(file), text);
    }

    private Artefact release(String version, SigningKeyPair key, String machine)
            throws IOException {
        byte[] archive = archive(version, key, machine);
        return new Artefact(hub.keep(archive), archive.length, "facet-edge", version);
    }

    private byte[] archive(String version, SigningKeyPair key, String machine) throws IOException {
        Path content = Files.createDirectories(folder.resolve("content"));
        Files.writeString(content.resolve("version"), version + "\n");
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        ReleaseArchive.write(content, "facet-edge", version, machine, key, archive);
        return archive.toByteArray();
    }
}
