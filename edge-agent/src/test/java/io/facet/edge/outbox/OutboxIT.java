package io.facet.edge.outbox;

import static io.facet.edge.outbox.Boxes.moment;
import static io.facet.edge.outbox.Boxes.recognised;
import static io.facet.edge.outbox.Boxes.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxIT {
    @TempDir private Path data = Path.of("");

    @Test
    void eventsOutliveTheProcessAndSequencesGoOnOverBoots() throws SQLException {
        try (Outbox first = Boxes.open(data)) {
            record(first, 3);
            first.confirm(List.of(1L, 2L, 3L));
        }
        try (Outbox second = Boxes.open(data)) {
            record(second, 2);
            assertThat(sequences(second)).containsExactly(4L, 5L);
        }
    }

    @Test
    void confirmedEventsAreGoneAndConfirmingTwiceIsHarmless() throws SQLException {
        try (Outbox outbox = Boxes.open(data)) {
            record(outbox, 4);
            outbox.confirm(List.of(2L, 3L));
            outbox.confirm(List.of(2L, 77L));

            assertThat(sequences(outbox)).containsExactly(1L, 4L);
            assertThat(outbox.stats().waiting()).isEqualTo(2);
        }
    }

    @Test
    void nextGoesOnAfterWhatWasSentAndBeginsAgainForANewConnection() throws SQLException {
        try (Outbox outbox = Boxes.open(data)) {
            record(outbox, 5);

            assertThat(outbox.next(0, 2, 1_000_000)).extracting("sequence").containsExactly(1L, 2L);
            assertThat(outbox.next(2, 9, 1_000_000))
                    .extracting("sequence")
                    .containsExactly(3L, 4L, 5L);
            assertThat(outbox.next(0, 9, 1)).extracting("sequence").containsExactly(1L);
        }
    }

    @Test
    void refusedEventsAreKeptAsideWithTheirReason() throws SQLException {
        try (Outbox outbox = Boxes.open(data)) {
            record(outbox, 2);
            outbox.reject(List.of(new Refusal(1, "invalid_argument", "no such camera")));
        }
        try (Outbox outbox = Boxes.open(data)) {
            assertThat(outbox.rejected())
                    .containsExactly(new Refusal(1, "invalid_argument", "no such camera"));
            assertThat(outbox.stats().rejected()).isEqualTo(1);
            assertThat(sequences(outbox)).containsExactly(2L);
        }
    }

    @Test
    void fullOutboxGivesUpUnknownFacesBeforeRecognitionsAndCounts() throws SQLException {
        try (Outbox outbox = Boxes.open(data, 1_000_000, 10_000)) {
            for (int i = 0; i < 100; i++) {
                outbox.record(moment(), i % 2 == 0 ? unknown() : recognised());
            }
            List<Boxes.Read> kept = contents(outbox);
            OutboxStats stats = outbox.stats();

            assertThat(kept).filteredOn(e -> e.priority() == Priority.HIGH.code()).hasSize(50);
            assertThat(stats.droppedLow()).isPositive();
            assertThat(stats.droppedHigh()).isZero();
            assertThat(stats.waiting() + stats.dropped()).isEqualTo(100);
            assertThat(kept)
                    .filteredOn(e -> e.priority() == Priority.LOW.code())
                    .extracting(Boxes.Read::sequence)
                    .allMatch(sequence -> sequence > 2 * stats.droppedLow());
        }
    }

    @Test
    void fullOfRecognitionsGivesUpTheOldestAndTheFileStaysWithinItsRoom() throws Exception {
        try (Outbox outbox = Boxes.open(data, 1_000_000, 10_000)) {
            for (int i = 0; i < 300; i++) {
                outbox.record(moment(), recognised());
            }
            OutboxStats stats = outbox.stats();

            assertThat(stats.unstored()).isZero();
            assertThat(stats.droppedHigh()).isEqualTo(300 - stats.waiting());
            assertThat(sequences(outbox))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(301 - stats.waiting(), 300).boxed().toList());
            assertThat(Files.size(data.resolve("outbox.db"))).isLessThanOrEqualTo(1_000_000);
        }
    }

    @Test
    void anEventLargerThanTheWholeRoomIsCountedAndTheNextOneIsStored() throws SQLException {
        try (Outbox outbox = Boxes.open(data, 1_000_000, 2_000_000)) {
            outbox.record(moment(), recognised());
            assertThat(outbox.stats().dropped()).isEqualTo(1);
        }
        try (Outbox outbox = Boxes.open(data, 1_000_000, 100)) {
            outbox.record(moment(), recognised());
            assertThat(contents(outbox)).hasSize(1);
        }
    }

    @Test
    void aDamagedFileIsKeptAsideAndSequencesStayAboveThoseGivenOut() throws Exception {
        try (Outbox outbox = Boxes.open(data)) {
            record(outbox, 20);
        }
        overwrite(data.resolve("outbox.db"));
        try (Outbox outbox = Boxes.open(data)) {
            record(outbox, 1);
            OutboxStats stats = outbox.stats();

            assertThat(stats.damagedFile()).hasValue(data.resolve("outbox.db.damaged-1"));
            assertThat(data.resolve("outbox.db.damaged-1")).exists();
            assertThat(sequences(outbox)).singleElement().matches(s -> s > 20);
        }
    }

    @Test
    void damageWhileRunningStartsANewFileAndKeepsRecording() throws Exception {
        try (Outbox outbox = Boxes.open(data, Boxes.ROOMY, 5_000)) {
            record(outbox, 600);
            overwrite(data.resolve("outbox.db"));
            Files.writeString(data.resolve("outbox.db-wal"), "");
            assertThat(sequences(outbox)).isEmpty();
            record(outbox, 20);
            OutboxStats stats = outbox.stats();

            assertThat(stats.unstored()).isZero();
            assertThat(stats.damagedFile()).isPresent();
            assertThat(stats.trouble()).isEmpty();
            assertThat(sequences(outbox)).hasSize(20).contains(stats.lastSequence());
        }
    }

    @Test
    void nothingPersonalIsPlainOnDiskAndOnlyTheOwnerReadsIt() throws Exception {
        try (Outbox outbox = Boxes.open(data)) {
            record(outbox, 10);
            try (Stream<Path> files = Files.list(data)) {
                assertThat(files)
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(text(file)).doesNotContain("plain personal"))
                        .allSatisfy(file ->
                                assertThat(Files.getPosixFilePermissions(file))
                                        .isEqualTo(PosixFilePermissions.fromString("rw-------")));
            }
            assertThat(outbox.next(0, 1, 1000).getFirst().evidence()).isEqualTo(Boxes.MARK);
        }
    }

    @Test
    void eventsUnderALostKeyAreKeptAsideAndDoNotBlockTheOthers() throws SQLException {
        try (Outbox outbox = Boxes.open(data)) {
            record(outbox, 2);
        }
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        try (Outbox outbox =
                Boxes.open(data, Boxes.ROOMY, 10, otherKey, System::nanoTime, new UUID(0, 9))) {
            record(outbox, 1);

            assertThat(sequences(outbox)).containsExactly(3L);
            assertThat(outbox.rejected()).extracting(Refusal::code).containsOnly("unreadable");
        }
    }

    @Test
    void aClockThatJumpsBackChangesNeitherOrderNorIds() throws SQLException {
        AtomicLong nanos = new AtomicLong(5);
        UUID boot = UUID.randomUUID();
        try (Outbox outbox = Boxes.open(data, Boxes.ROOMY, 10, Boxes.KEY, nanos::get, boot)) {
            outbox.record(moment(Instant.parse("2038-01-01T00:00:00Z")), recognised());
            outbox.record(moment(Instant.parse("1971-01-01T00:00:00Z")), recognised());
            nanos.addAndGet(Duration.ofSeconds(4).toNanos());

            List<StoredEvent> events = outbox.next(0, 10, 10_000);
            assertThat(events).extracting(StoredEvent::sequence).containsExactly(1L, 2L);
            assertThat(events).extracting(StoredEvent::waited).containsOnly(Duration.ofSeconds(4));
        }
        try (Outbox later =
                Boxes.open(data, Boxes.ROOMY, 10, Boxes.KEY, () -> -7, UUID.randomUUID())) {
            assertThat(later.next(0, 1, 1).getFirst().waited()).isEqualTo(StoredEvent.FOREVER);
        }
    }

    @Test
    void manyThreadsRecordAtOnceWithoutHolesOrTwins() throws Exception {
        try (Outbox outbox = Boxes.open(data);
                ExecutorService cameras = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 400; i++) {
                cameras.execute(() -> outbox.record(moment(), recognised()));
            }
            cameras.shutdown();
            assertThat(cameras.awaitTermination(60, java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();

            List<Boxes.Read> events = contents(outbox);
            assertThat(events)
                    .extracting(Boxes.Read::sequence)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, 400).boxed().toList());
            assertThat(events).extracting(Boxes.Read::id).doesNotHaveDuplicates();
        }
    }

    @Test
    void anInterruptedCameraStillGetsItsEventStored() throws Exception {
        try (Outbox outbox = Boxes.open(data)) {
            Thread camera =
                    Thread.ofPlatform()
                            .start(() -> {
                                Thread.currentThread().interrupt();
                                outbox.record(moment(), recognised());
                            });
            camera.join();
            assertThat(sequences(outbox)).containsExactly(1L);
        }
    }

    @Test
    void aDefectInMakingAnEventHitsItsCallerOnlyAndLeavesNoHole() throws SQLException {
        try (Outbox outbox = Boxes.open(data)) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() ->
                            outbox.record(
                                    moment(),
                                    _ -> {
                                        throw new IllegalStateException("planted");
                                    }))
                    .hasMessage("planted");
            record(outbox, 1);
            assertThat(sequences(outbox)).containsExactly(1L);
        }
    }

    private static void record(Outbox outbox, int events) {
        for (int i = 0; i < events; i++) {
            outbox.record(moment(), i % 3 == 0 ? unknown() : recognised());
        }
    }

    private static List<Long> sequences(Outbox outbox) {
        return outbox.next(0, 10_000, Long.MAX_VALUE).stream().map(StoredEvent::sequence).toList();
    }

    private static List<Boxes.Read> contents(Outbox outbox) {
        return outbox.next(0, 10_000, Long.MAX_VALUE).stream().map(Boxes::read).toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Writes nonsense over everything after the first page's header. */
    private static void overwrite(Path file) throws IOException {
        byte[] nonsense = new byte[(int) Files.size(file)];
        java.util.Arrays.fill(nonsense, (byte) 0x5A);
        Files.write(file, nonsense, StandardOpenOption.WRITE);
    }
}
