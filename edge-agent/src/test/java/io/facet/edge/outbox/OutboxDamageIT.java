package io.facet.edge.outbox;

import static io.facet.edge.outbox.Boxes.moment;
import static io.facet.edge.outbox.Boxes.recognised;
import static io.facet.edge.outbox.Boxes.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged outbox: what can be read of it is saved, whichever part is spoilt. */
class OutboxDamageIT {
    private static final int PAGE = 4096;
    private static final int EVENTS = 60;

    @TempDir private Path data = Path.of("");

    @Test
    void whicheverPageIsSpoiltAllButItsOwnEventsAreSaved() throws Exception {
        fill(data, 700);
        byte[] good = Files.readAllBytes(data.resolve("outbox.db"));
        for (int page = 0; page < good.length / PAGE; page++) {
            Path folder = Files.createDirectory(data.resolve("page-" + page));
            Files.write(folder.resolve("outbox.db"), spoilt(good, page));
            Files.copy(data.resolve("outbox.floor"), folder.resolve("outbox.floor"));
            try (Outbox outbox = Boxes.open(folder)) {
                outbox.record(moment(), recognised());
                List<Boxes.Read> kept = contents(outbox);
                assertThat(kept)
                        .as("of page %d", page)
                        .hasSizeGreaterThanOrEqualTo(EVENTS - 6)
                        .hasSizeLessThanOrEqualTo(EVENTS + 1);
                assertThat(kept)
                        .extracting(Boxes.Read::sequence)
                        .isSorted()
                        .doesNotHaveDuplicates();
                assertThat(kept.getLast().sequence()).as("goes on above").isGreaterThan(EVENTS);
            }
        }
    }

    @Test
    void eventsOfManyPagesAndTheLogAreSavedFromAFileWithoutABeginning() throws Exception {
        Path copy = data.resolve("copy");
        Files.createDirectory(copy);
        try (Outbox outbox = Boxes.open(data, Boxes.ROOMY, 9_000)) {
            record(outbox, EVENTS);
            // As a box leaves it that loses its power: most of it in the log.
            for (String name : List.of("outbox.db", "outbox.db-wal", "outbox.floor")) {
                Files.copy(data.resolve(name), copy.resolve(name));
            }
        }
        try (FileChannel file =
                FileChannel.open(copy.resolve("outbox.db"), StandardOpenOption.WRITE)) {
            file.write(
                    ByteBuffer.wrap(
                            "no database at all"
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                    0);
        }
        try (FileChannel log =
                FileChannel.open(copy.resolve("outbox.db-wal"), StandardOpenOption.WRITE)) {
            log.write(ByteBuffer.allocate(8), 0);
        }
        try (Outbox outbox = Boxes.open(copy, Boxes.ROOMY, 100)) {
            assertThat(contents(outbox))
                    .extracting(Boxes.Read::sequence)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, EVENTS).boxed().toList());
            assertThat(outbox.stats().damagedFile()).isPresent();
        }
    }

    @Test
    void aSalvageCutShortIsDoneAgain() throws Exception {
        fill(data, 300);
        Path damaged = data.resolve("outbox.db.damaged-1");
        Files.move(data.resolve("outbox.db"), damaged);
        try (Outbox outbox = Boxes.open(data)) {
            assertThat(contents(outbox)).hasSize(EVENTS);
            outbox.confirm(LongStream.rangeClosed(1, EVENTS).boxed().toList());
        }
        try (Outbox outbox = Boxes.open(data)) {
            assertThat(contents(outbox)).as("not once more").isEmpty();
            outbox.record(moment(), recognised());
            assertThat(contents(outbox).getFirst().sequence()).isGreaterThan(EVENTS);
        }
    }

    @Test
    void damageWhileRunningLosesNothingThatCanBeRead() throws Exception {
        try (Outbox outbox = Boxes.open(data, Boxes.ROOMY, 4_000)) {
            record(outbox, 1_500);
            byte[] nonsense = new byte[PAGE];
            new Random(4).nextBytes(nonsense);
            try (FileChannel file =
                    FileChannel.open(data.resolve("outbox.db"), StandardOpenOption.WRITE)) {
                // The root of the events: nothing is found by the tables any more.
                file.write(ByteBuffer.wrap(nonsense), PAGE);
            }
            Files.writeString(data.resolve("outbox.db-wal"), "");
            assertThat(contents(outbox).size()).isGreaterThan(1_000);
            record(outbox, 3);
            assertThat(outbox.stats().unstored()).isZero();
            assertThat(outbox.stats().damagedFile()).isPresent();
            assertThat(contents(outbox)).extracting(Boxes.Read::sequence).doesNotHaveDuplicates();
        }
    }

    @Test
    void onlyTheNewestDamagedFilesAreKept() throws Exception {
        for (int i = 0; i < 6; i++) {
            Files.writeString(data.resolve("outbox.db"), "nonsense number " + i);
            Boxes.open(data).close();
        }
        assertThat(data.resolve("outbox.db.damaged-3")).hasContent("nonsense number 5");
        assertThat(data.resolve("outbox.db.damaged-1")).hasContent("nonsense number 3");
        assertThat(data.resolve("outbox.db.damaged-4")).doesNotExist();
    }

    private static void fill(Path folder, int filling) throws SQLException {
        try (Outbox outbox = Boxes.open(folder, Boxes.ROOMY, filling)) {
            record(outbox, EVENTS);
        }
    }

    private static void record(Outbox outbox, int events) {
        for (int i = 0; i < events; i++) {
            outbox.record(moment(), i % 3 == 0 ? unknown() : recognised());
        }
    }

    private static byte[] spoilt(byte[] good, int page) throws IOException {
        byte[] bad = good.clone();
        byte[] nonsense = new byte[PAGE];
        new Random(page).nextBytes(nonsense);
        System.arraycopy(nonsense, 0, bad, page * PAGE, PAGE);
        return bad;
    }

    private static List<Boxes.Read> contents(Outbox outbox) {
        return outbox.next(0, 10_000, Long.MAX_VALUE).stream().map(Boxes::read).toList();
    }
}
