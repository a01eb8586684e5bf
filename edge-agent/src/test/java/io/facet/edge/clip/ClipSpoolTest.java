package io.facet.edge.clip;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.crypto.AtRest;
import io.facet.crypto.Sealing;
import io.facet.crypto.SealingKeyPair;
import io.facet.model.EventId;
import io.facet.wire.SealedWire;
import io.facet.wire.v1.Sealed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the folder before the first test
class ClipSpoolTest {
    private static final byte[] FILM = "the film itself".getBytes(StandardCharsets.US_ASCII);

    @TempDir private Path folder;

    private final SealingKeyPair hub = SealingKeyPair.generate();
    private final AtRest box = new AtRest(new byte[AtRest.KEY_BYTES], new SecureRandom());
    private Optional<Sealing> known = Optional.of(Sealing.to(hub.publicKey()));

    private static EventId event(int n) {
        return new EventId(new UUID(0x7000L + ((long) n << 16), Long.MIN_VALUE | n));
    }

    private ClipSpool open(long maxBytes) {
        return new ClipSpool(folder.resolve("clips"), maxBytes, box, () -> known);
    }

    private byte[] opened(EventId event, Sealed sealed) {
        return SealedWire.open(hub, SealedWire.CLIP, AtRest.bytes(event.value()), sealed);
    }

    @Test
    void aFilmWaitsForTheHubOverARestart() {
        open(1_000_000).put(event(1), FILM);
        ClipSpool again = open(1_000_000);
        assertThat(again.waiting()).containsExactly(event(1));
        assertThat(opened(event(1), again.sealed(event(1)).orElseThrow())).isEqualTo(FILM);
        again.remove(event(1));
        assertThat(again.stats()).isEqualTo(new ClipSpool.Stats(0, 0, 0));
        assertThat(open(1_000_000).waiting()).isEmpty();
    }

    @Test
    void untilTheHubsKeyIsKnownAFilmWaitsUnderTheBoxsOwn() {
        Optional<Sealing> later = known;
        known = Optional.empty();
        ClipSpool spool = open(1_000_000);
        spool.put(event(1), FILM);
        assertThat(spool.sealed(event(1))).isEmpty();
        assertThat(spool.waiting()).containsExactly(event(1));
        known = later;
        assertThat(opened(event(1), spool.sealed(event(1)).orElseThrow())).isEqualTo(FILM);
    }

    @Test
    void nothingLiesOnTheDiskInTheClearOrForOthersToRead() throws IOException {
        open(1_000_000).put(event(1), FILM);
        Path file = folder.resolve("clips").resolve(event(1) + ".clip");
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain("film");
        assertThat(Files.getPosixFilePermissions(file))
                .containsOnly(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void theOldestFilmsGoWhenThereAreTooMany() {
        ClipSpool spool = open(2_500);
        for (int i = 1; i <= 5; i++) {
            spool.put(event(i), new byte[1_000]);
        }
        assertThat(spool.waiting()).containsExactly(event(4), event(5));
        assertThat(spool.stats().dropped()).isEqualTo(3);
        assertThat(spool.stats().bytes()).isBetween(2_000L, 2_500L);
        assertThat(open(1_500).waiting()).containsExactly(event(5));
    }

    @Test
    void whatALostPowerOrADamagedDiskLeftIsGivenUp() throws IOException {
        ClipSpool spool = open(1_000_000);
        spool.put(event(1), FILM);
        spool.put(event(2), FILM);
        Path half = Files.write(folder.resolve("clips").resolve(".key123.tmp"), FILM);
        Path damaged = folder.resolve("clips").resolve(event(1) + ".clip");
        Files.write(damaged, FILM);
        ClipSpool again = open(1_000_000);
        assertThat(half).doesNotExist();
        assertThat(again.sealed(event(1))).isEmpty();
        assertThat(again.waiting()).containsExactly(event(2));
        assertThat(again.stats().dropped()).isEqualTo(1);
    }

    @Test
    void aFilmBelongsToItsEventAlone() throws IOException {
        ClipSpool spool = open(1_000_000);
        spool.put(event(1), FILM);
        Path clips = folder.resolve("clips");
        Files.move(clips.resolve(event(1) + ".clip"), clips.resolve(event(2) + ".clip"));
        assertThat(open(1_000_000).sealed(event(2))).isEmpty();
    }

    @Test
    void whoSendsHearsOfEveryFilm() {
        AtomicInteger stored = new AtomicInteger();
        ClipSpool spool = open(1_000_000);
        spool.onStored(stored::incrementAndGet);
        spool.put(event(1), FILM);
        spool.put(event(1), FILM);
        assertThat(stored).hasValue(2);
        assertThat(spool.stats().waiting()).isEqualTo(1);
    }

    @Test
    void nothingStaysWhereNoFilmsAreWanted() {
        open(1_000_000).put(event(1), FILM);
        ClipSpool.wipe(folder.resolve("clips"));
        assertThat(folder.resolve("clips")).doesNotExist();
        ClipSpool.wipe(folder.resolve("clips"));
    }
}
