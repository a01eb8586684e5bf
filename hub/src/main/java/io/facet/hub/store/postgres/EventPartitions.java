package io.facet.hub.store.postgres;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Makes the monthly partitions of the event tables. Thread-safe. */
final class EventPartitions {
    private static final String[] TABLES = {"events", "event_evidence"};

    /** Any number, the same everywhere: one maker of partitions at a time. */
    private static final long LOCK = 0x46414345_50415254L;

    private final Database database;
    private final Set<YearMonth> known = ConcurrentHashMap.newKeySet();

    EventPartitions(Database database) {
        this.database = database;
    }

    /** This month and the next two, so that no event waits for its partition. */
    void ahead(Instant now) {
        YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
        ensure(Stream.of(month, month.plusMonths(1), month.plusMonths(2)));
    }

    /** The months of these times; costs nothing where they are known. */
    void ensure(Collection<Instant> times) {
        ensure(times.stream().map(t -> YearMonth.from(t.atOffset(ZoneOffset.UTC))).distinct());
    }

    private void ensure(Stream<YearMonth> months) {
        months.filter(month -> !known.contains(month)).forEach(this::make);
    }

    private void make(YearMonth month) {
        database.transaction(handle -> {
            handle.createQuery("SELECT pg_advisory_xact_lock(:lock)")
                    .bind("lock", LOCK)
                    .map((_, _) -> true)
                    .one();
            for (String table : TABLES) {
                // Digits and names of our own only: nothing to bind in DDL.
                handle.execute(
                        "CREATE TABLE IF NOT EXISTS %s_%04d_%02d PARTITION OF %s FOR VALUES FROM ('%s-01 00:00:00+00') TO ('%s-01 00:00:00+00')"
                                .formatted(
                                        table,
                                        month.getYear(),
                                        month.getMonthValue(),
                                        table,
                                        month,
                                        month.plusMonths(1)));
            }
            return true;
        });
        known.add(month);
    }
}
