package io.facet.edge.outbox;

import static io.facet.edge.outbox.Boxes.moment;
import static io.facet.edge.outbox.Boxes.recognised;
import static io.facet.edge.outbox.Boxes.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.facet.crypto.AtRest;
import io.facet.edge.clip.ClipSpool;
import io.facet.error.ErrorCode;
import io.facet.model.EventId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that others have filled. */
class FullDiskIT {
    @TempDir private Path folder = Path.of("");

    @Test
    void recognitionsDisplaceWhatCountsLessAndItGoesOnWhenThereIsRoom() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 40);
                Outbox outbox = Boxes.open(disk.path(), Boxes.ROOMY, 6_000)) {
            record(outbox, 300);
            Path others = disk.fillBut(64 * 1024);
            for (int i = 0; i < 2_500; i++) {
                outbox.record(moment(), recognised());
            }
            OutboxStats full = outbox.stats();
            List<Boxes.Read> kept = contents(outbox);
            assertThat(full.droppedLow()).as("unknown faces went first").isEqualTo(150);
            assertThat(full.waiting() + full.dropped()).as("everything counted").isEqualTo(2_800);
            assertThat(kept).hasSize((int) full.waiting());
            assertThat(kept.getLast().sequence()).as("the newest is stored").isGreaterThan(2_700);
            assertThat(kept).extracting(Boxes.Read::priority).containsOnly(Priority.HIGH.code());

            Files.delete(others);
            for (int i = 0; i < 50; i++) {
                outbox.record(moment(), unknown());
            }
            assertThat(outbox.stats().dropped()).as("room again").isEqualTo(full.dropped());
            assertThat(outbox.stats().trouble()).isEmpty();
            assertThat(contents(outbox)).hasSize(kept.size() + 50);
            assertThat(disk.path().resolve("outbox.reserve")).as("kept anew").exists();
        }
    }

    @Test
    void filmsGoBeforeAnyEventDoes() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 95);
                Outbox outbox = Boxes.open(disk.path(), Boxes.ROOMY, 6_000)) {
            ClipSpool films =
                    new ClipSpool(
                            disk.path().resolve("clips"),
                            Boxes.ROOMY,
                            new AtRest(Boxes.KEY, new SecureRandom()),
                            Optional::empty);
            outbox.whenFull(films::giveUp);
            for (int i = 0; i < 20; i++) {
                films.put(new EventId(new UUID(i, 1)), new byte[1 << 20]);
            }
            record(outbox, 100);
            disk.fillBut(64 * 1024);
            record(outbox, 1_000);
            assertThat(outbox.stats().waiting()).isEqualTo(1_100);
            assertThat(outbox.stats().dropped()).isZero();
            assertThat(films.stats().dropped()).isEqualTo(20);
            assertThat(disk.path().resolve("clips")).isEmptyDirectory();

            films.put(new EventId(new UUID(30, 1)), new byte[1 << 20]);
            assertThat(films.waiting()).as("no film takes the last of the disk").isEmpty();
            assertThat(films.stats().dropped()).isEqualTo(21);
        }
    }

    @Test
    void anUnknownFaceNeverMakesARecognitionGoAndSaysThatTheDiskIsFull() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 40);
                Outbox outbox = Boxes.open(disk.path(), Boxes.ROOMY, 6_000)) {
            for (int i = 0; i < 100; i++) {
                outbox.record(moment(), recognised());
            }
            disk.fillBut(64 * 1024);
            for (int i = 0; i < 900; i++) {
                outbox.record(moment(), unknown());
            }
            OutboxStats stats = outbox.stats();
            assertThat(stats.droppedHigh()).isZero();
            assertThat(stats.dropped()).isPositive();
            assertThat(contents(outbox))
                    .filteredOn(e -> e.priority() == Priority.HIGH.code())
                    .hasSize(100);
        }
    }

    @Test
    void aBoxStartsConfirmsAndRecordsOnADiskWithNoByteLeft() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 40)) {
            try (Outbox outbox = Boxes.open(disk.path(), Boxes.ROOMY, 6_000)) {
                record(outbox, 200);
            }
            disk.fillBut(0);
            try (Outbox outbox = Boxes.open(disk.path(), Boxes.ROOMY, 6_000)) {
                List<Boxes.Read> before = contents(outbox);
                assertThat(before).as("nothing stored was lost").hasSize(200);
                outbox.confirm(before.subList(0, 50).stream().map(Boxes.Read::sequence).toList());
                outbox.record(moment(), recognised());
                assertThat(contents(outbox)).hasSize(151);
                assertThat(outbox.stats().dropped()).isZero();
            }
        }
    }

    @Test
    void withNoReserveEitherItSaysSoWithACodeAndLosesNothingStored() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 12);
                Outbox outbox = Boxes.open(disk.path(), Boxes.ROOMY, 6_000)) {
            List<Long> stored = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                outbox.record(moment(), recognised());
                stored.add(outbox.stats().lastSequence());
            }
            Path others = disk.fillBut(0);
            Path log = disk.path().resolve("outbox.db-wal");
            long logBytes = Files.size(log);
            for (int i = 0; i < 400 && outbox.stats().trouble().isEmpty(); i++) {
                outbox.record(moment(), unknown());
            }
            OutboxStats stats = outbox.stats();
            assertThat(stats.trouble()).hasValue(ErrorCode.DISK_FULL);
            assertThat(stats.droppedHigh()).as("log of %d bytes", logBytes).isZero();
            assertThat(contents(outbox))
                    .filteredOn(e -> e.priority() == Priority.HIGH.code())
                    .extracting(Boxes.Read::sequence)
                    .containsExactlyElementsOf(stored);
            Files.delete(others);
            outbox.record(moment(), unknown());
            assertThat(outbox.stats().trouble()).isEmpty();
        }
    }

    private static void record(Outbox outbox, int events) {
        for (int i = 0; i < events; i++) {
            outbox.record(moment(), i % 2 == 0 ? unknown() : recognised());
        }
    }

    private static List<Boxes.Read> contents(Outbox outbox) {
        return outbox.next(0, 10_000, Long.MAX_VALUE).stream().map(Boxes::read).toList();
    }
}
