package io.facet.hub.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AuditLogTest {
    private final MemoryStore store = new MemoryStore();
    private final MemoryAnchor anchor = new MemoryAnchor();
    private final ManualClock clock = new ManualClock();

    private AuditLog log(int queue) {
        return new AuditLog(
                store, anchor, clock, new AuditLog.Limits(queue, Duration.ofMillis(300)));
    }

    private AuditEntry entry(String action) {
        return new AuditEntry(
                UUID.randomUUID(), clock.instant(), "fk_x", "admin", action, List.of("a"), "done");
    }

    @Test
    void aChangeIsDurableWhenItReturnsAndANoteSoonAfter() {
        try (AuditLog log = log(100)) {
            log.change(entry("one"));
            assertThat(store.actions()).containsExactly("one");
            log.note(entry("two"));
            await().atMost(Duration.ofSeconds(20)).until(() -> store.actions().contains("two"));
            assertThat(log.verify().ok()).isTrue();
            assertThat(log.verify().entries()).isEqualTo(2);
        }
    }

    @Test
    void closingWritesWhatWaits() {
        AuditLog log = log(100);
        for (int i = 0; i < 50; i++) {
            log.note(entry("n" + i));
        }
        log.close();
        assertThat(store.actions()).hasSize(50);
        assertThatThrownBy(() -> log.note(entry("late"))).isInstanceOf(FacetException.class);
    }

    @Test
    void withoutItsStoreChangesFailAndReadsAreQueuedUpToABoundAndNothingIsLost() {
        try (AuditLog log = log(10)) {
            store.away.set(true);
            assertThatThrownBy(() -> log.change(entry("change")))
                    .isInstanceOfSatisfying(
                            FacetException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
            List<String> accepted = new ArrayList<>(List.of("change"));
            while (true) {
                String name = "read" + accepted.size();
                try {
                    log.note(entry(name));
                    accepted.add(name);
                } catch (FacetException full) {
                    break;
                }
                assertThat(accepted).hasSizeLessThan(100);
            }
            assertThat(accepted).hasSizeGreaterThanOrEqualTo(10);
            store.away.set(false);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(store.actions()).containsExactlyElementsOf(accepted));
        }
    }

    @Test
    void everyKindOfTamperingIsFound() {
        AuditLog log = log(100);
        for (int i = 0; i < 7; i++) {
            log.change(entry("e" + i));
        }
        log.close();
        assertThat(log.verify().broken()).isEmpty();
        List<AuditBatch> good = List.copyOf(store.batches);
        AuditBatch third = good.get(2);
        AuditEntry changed = third.entries().getFirst().ended(Instant.EPOCH, List.of("b"), "done");
        tamper(good, 2, copy(third, third.number(), List.of(changed), third.hash()));
        assertThat(log.verify().broken()).singleElement().asString().contains("batch 3");
        tamper(good, 2, copy(third, third.number(), List.of(), third.hash()));
        assertThat(log.verify().broken()).singleElement().asString().contains("batch 3");
        // Rehashed as well: then the next batch does not follow.
        tamper(good, 2, AuditBatch.after(good.get(1).mark(), List.of(changed)));
        assertThat(log.verify().broken()).anyMatch(b -> b.contains("batch 4 does not follow"));
        // Everything after it rehashed too: then the data folder knows better.
        List<AuditBatch> forged = new ArrayList<>(good.subList(0, 2));
        AuditBatch.Mark last = good.get(1).mark();
        for (AuditBatch batch : good.subList(2, 7)) {
            AuditBatch made =
                    AuditBatch.after(
                            last,
                            batch.number() == third.number() ? List.of(changed) : batch.entries());
            forged.add(made);
            last = made.mark();
        }
        store.batches.clear();
        store.batches.addAll(forged);
        assertThat(log.verify().broken()).singleElement().asString().contains("data folder");
        // Cut off at the end.
        store.batches.clear();
        store.batches.addAll(good.subList(0, 5));
        assertThat(log.verify().broken()).singleElement().asString().contains("data folder");
    }

    private void tamper(List<AuditBatch> good, int at, AuditBatch with) {
        store.batches.clear();
        store.batches.addAll(good);
        List<AuditBatch> all = new ArrayList<>(good);
        all.set(at, with);
        store.batches.clear();
        store.batches.addAll(all);
    }

    private static AuditBatch copy(
            AuditBatch of, long number, List<AuditEntry> entries, byte[] hash) {
        return new AuditBatch(
                number, of.first(), of.count(), entries, of.root(), of.previous(), hash);
    }

    /** Keeps batches in memory. */
    private static final class MemoryStore implements AuditStore {
        final ConcurrentLinkedDeque<AuditBatch> batches = new ConcurrentLinkedDeque<>();
        final AtomicBoolean away = new AtomicBoolean();

        List<String> actions() {
            return batches.stream()
                    .flatMap(b -> b.entries().stream())
                    .map(AuditEntry::action)
                    .toList();
        }

        @Override
        public AuditBatch.Mark last() {
            return batches.isEmpty() ? AuditBatch.Mark.start() : batches.getLast().mark();
        }

        @Override
        public void append(AuditBatch batch, Instant writtenAt) {
            if (away.get()) {
                throw new FacetException(ErrorCode.UNAVAILABLE, "away");
            }
            batches.add(batch);
        }

        @Override
        public void each(Consumer<AuditBatch> visitor) {
            batches.forEach(visitor);
        }

        @Override
        public long prunedThrough() {
            return 0;
        }

        @Override
        public long prune(Instant writtenBefore) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Numbered> page(AuditQuery query) {
            throw new UnsupportedOperationException();
        }
    }

    /** Keeps the end in memory. */
    private static final class MemoryAnchor implements AuditAnchor {
        private final AtomicReference<Optional<AuditBatch.Mark>> end =
                new AtomicReference<>(Optional.empty());

        @Override
        public Optional<AuditBatch.Mark> read() {
            return end.get();
        }

        @Override
        public void write(AuditBatch.Mark mark) {
            end.set(Optional.of(mark));
        }
    }
}
