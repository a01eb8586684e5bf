package io.facet.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.facet.hub.testing.HubDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;

/** The events of a box in a hub's database, read past the hub, and the count of them. */
record StoredEvents(List<Row> rows) {
    /** One, as it is stored. */
    record Row(UUID event, UUID boot, long sequence, long monotonicUs, boolean historical) {}

    StoredEvents {
        rows = List.copyOf(rows);
    }

    /** By sequence. */
    static StoredEvents of(Path hub, String agent) throws Exception {
        try (Connection connection = HubDatabase.of(hub);
                PreparedStatement query =
                        connection.prepareStatement(
                                """
                                SELECT event_id, boot_id, sequence, monotonic_us, historical
                                FROM events WHERE agent_id = ? ORDER BY sequence, event_id
                                """)) {
            query.setString(1, agent);
            List<Row> rows = new ArrayList<>();
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    rows.add(
                            new Row(
                                    found.getObject(1, UUID.class),
                                    found.getObject(2, UUID.class),
                                    found.getLong(3),
                                    found.getLong(4),
                                    found.getBoolean(5)));
                }
            }
            return new StoredEvents(rows);
        }
    }

    /** How many were marked as having waited. */
    long historical() {
        return rows.stream().filter(Row::historical).count();
    }

    /**
     * Every event that the box was told to be safe is there, once; sequences have no hole, and run
     * as the box's own clock does.
     */
    void assertCompleteAndOnce(long acknowledged) {
        assertThat(rows.stream().map(Row::sequence))
                .as("no hole, no sequence twice")
                .containsExactlyElementsOf(LongStream.rangeClosed(1, rows.size()).boxed().toList());
        assertThat(rows.stream().map(Row::event)).as("event ids").doesNotHaveDuplicates();
        assertThat((long) rows.size())
                .as("stored, of what the box acknowledged")
                .isGreaterThanOrEqualTo(acknowledged);
        Set<UUID> over = new HashSet<>();
        for (int i = 1; i < rows.size(); i++) {
            Row before = rows.get(i - 1);
            Row row = rows.get(i);
            if (row.boot().equals(before.boot())) {
                assertThat(row.monotonicUs())
                        .as("the clock at sequence %d", row.sequence())
                        .isGreaterThanOrEqualTo(before.monotonicUs());
            } else {
                over.add(before.boot());
                assertThat(over).as("boots whose events are over").doesNotContain(row.boot());
            }
        }
    }

    /**
     * What is stored is what the box said: it said it in order, and what a life of the box left to
     * the next, or the box marked as having waited, is marked.
     *
     * @return how many only the hub marked, as they came late
     */
    int assertAsHeard(Heard heard) {
        Map<Long, Heard.Said> said = heard.events();
        int first = 0;
        int late = 0;
        for (Row row : rows) {
            assertThat(said).as("what was said").containsKey(row.sequence());
            Heard.Said event = Objects.requireNonNull(said.get(row.sequence()));
            assertThat(row.event()).isEqualTo(event.event());
            assertThat(event.first()).as("first said in order").isEqualTo(first++);
            int own = heard.life(event.boot());
            assertThat(event.lives()).allMatch(life -> life >= own);
            if (!event.lives().contains(own) || !event.historical().contains(false)) {
                assertThat(row.historical())
                        .as("sequence %d waited, and is marked", row.sequence())
                        .isTrue();
            }
            if (row.historical() && !event.historical().contains(true)) {
                late++;
            }
        }
        return late;
    }
}
