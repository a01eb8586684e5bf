package io.facet.edge.software;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads over real HTTP that break, stall and lie. */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder before the first test
class DownloadsIT {
    @TempDir private Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final byte[] file = new byte[300_000];
    private SoftwareHub hub;
    private Artefact artefact;

    @BeforeEach
    void aFileAtTheHub() throws IOException {
        new Random(1).nextBytes(file);
        hub = new SoftwareHub();
        artefact = new Artefact(hub.keep(file), file.length, "facet-models", "open");
    }

    @AfterEach
    void stop() {
        hub.close();
        http.close();
    }

    @Test
    void aFileArrivesWholeAndIsFetchedOnce() throws Exception {
        List<Long> told = new ArrayList<>();
        Path there = downloads().fetch(artefact, told::add);
        assertThat(there).hasBinaryContent(file);
        assertThat(told).isSorted().endsWith((long) file.length);
        downloads().fetch(artefact, _ -> {});
        assertThat(hub.asked).containsExactly("");
    }

    @Test
    void itGoesOnWhereItBrokeOffAlsoInALaterLife() throws Exception {
        hub.breaksAfter = 100_000;
        assertFails(ErrorCode.UNAVAILABLE);
        long first = Files.size(part());
        assertThat(first).isBetween(1L, 100_000L);
        assertFails(ErrorCode.UNAVAILABLE);
        hub.breaksAfter = -1;
        assertThat(downloads().fetch(artefact, _ -> {})).hasBinaryContent(file);
        assertThat(hub.asked.stream().filter(range -> !range.equals("broken")))
                .hasSize(3)
                .contains("", "bytes=" + first + "-");
        assertThat(part()).doesNotExist();
    }

    @Test
    void aHubWithoutRangesIsAskedForAllOfIt() throws Exception {
        Files.createDirectories(folder.resolve("artefacts"));
        Files.write(part(), new byte[1000]);
        hub.wholeOnly = true;
        assertThat(downloads().fetch(artefact, _ -> {})).hasBinaryContent(file);
    }

    @Test
    void whatArrivesWrongIsFetchedAnewAndGivenUpInTheEnd() throws Exception {
        hub.lies = true;
        Downloads downloads = downloads();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> downloads.fetch(artefact, _ -> {}))
                    .hasMessageContaining("SHA-256");
            assertThat(part()).doesNotExist();
        }
        assertThatThrownBy(() -> downloads.fetch(artefact, _ -> {}))
                .isInstanceOfSatisfying(
                        FacetException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
        assertThat(part().resolveSibling(artefact.sha256())).doesNotExist();
    }

    @Test
    void aFileLongerThanAnnouncedIsRefusedEarly() {
        artefact = new Artefact(artefact.sha256(), 1000, "facet-models", "open");
        assertFails(ErrorCode.INVALID_ARGUMENT);
        assertThat(part()).doesNotExist();
    }

    @Test
    void anArtefactTheHubLostIsAskedForLater() {
        artefact = new Artefact("0".repeat(64), 1000, "facet-models", "open");
        assertFails(ErrorCode.UNAVAILABLE);
    }

    @Test
    void aDiskWithoutRoomIsSaidBeforeAnythingIsAskedFor() {
        Downloads full =
                new Downloads(
                        folder.resolve("artefacts"),
                        new HubArtefacts(http, hub.address(), Secret.NONE),
                        Patience.USUAL,
                        _ -> (256L << 20) + 4L * file.length - 1);
        assertThatThrownBy(() -> full.fetch(artefact, _ -> {}))
                .isInstanceOfSatisfying(
                        FacetException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL));
        assertThat(hub.asked).isEmpty();
    }

    @Test
    void aConnectionThatBringsNothingIsGivenUp() {
        CountDownLatch closed = new CountDownLatch(1);
        InputStream silent =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        try {
                            closed.await();
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        }
                        throw new IOException("closed");
                    }

                    @Override
                    public int read(byte[] to, int from, int most) throws IOException {
                        return read();
                    }

                    @Override
                    public void close() {
                        closed.countDown();
                    }
                };
        Downloads downloads =
                new Downloads(
                        folder.resolve("artefacts"),
                        (_, _) -> new ArtefactSource.Rest(0, silent),
                        new Patience(Duration.ofMillis(200), 1 << 20));
        assertThatThrownBy(() -> downloads.fetch(artefact, _ -> {}))
                .hasMessageContaining("goes on later");
    }

    @Test
    void theLineIsLeftToOthersToo() throws Exception {
        long begun = System.nanoTime();
        new Downloads(
                        folder.resolve("artefacts"),
                        (_, _) -> new ArtefactSource.Rest(0, new ByteArrayInputStream(file)),
                        new Patience(Duration.ofMinutes(1), 600_000))
                .fetch(artefact, _ -> {});
        assertThat(System.nanoTime() - begun).isGreaterThan(400_000_000L);
    }

    @Test
    void whatNobodyWaitsForGoes() throws Exception {
        hub.breaksAfter = 100_000;
        assertFails(ErrorCode.UNAVAILABLE);
        downloads().keepOnly(Set.of(artefact.sha256()));
        assertThat(part()).exists();
        downloads().keepOnly(Set.of());
        assertThat(part()).doesNotExist();
    }

    private void assertFails(ErrorCode code) {
        assertThatThrownBy(() -> downloads().fetch(artefact, _ -> {}))
                .isInstanceOfSatisfying(
                        FacetException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private Path part() {
        return folder.resolve("artefacts").resolve(artefact.sha256() + ".part");
    }

    /** As after a start. */
    private Downloads downloads() {
        return new Downloads(
                folder.resolve("artefacts"),
                new HubArtefacts(http, hub.address(), Secret.NONE),
                Patience.USUAL);
    }
}
