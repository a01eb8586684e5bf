package io.facet.edge.outbox;

import io.facet.edge.sqlite.SqlitePages;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what can still be read of a damaged outbox, page by page. An event proves itself: it
 * opens under the box's key at its own sequence, or it is none. Among them may be events that the
 * hub had confirmed and whose place was not used again; the hub knows their ids and stores no event
 * twice. Stateless.
 */
final class OutboxSalvage {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxSalvage.class);
    private static final int BOOT_BYTES = 16;

    /** sequence (the row's id), priority, boot, recorded_ns, bytes, event, and evidence or none. */
    private static final List<String> EVENT = List.of("01b11bb", "01b11b0");

    private static final String TALLY = "111";

    private OutboxSalvage() {}

    /**
     * Takes over what there is, the oldest of the lowest priority not, where it is more than there
     * is room for; ends early when the disk is full or fails.
     */
    static void takeOver(Path damaged, OutboxTable into, long maxBytes) {
        try (SqlitePages pages = SqlitePages.open(damaged)) {
            pages.<SQLException>read(
                    rows -> into.transaction(table -> take(rows, table, maxBytes)));
        } catch (SQLException | IOException failure) {
            LOG.error("not everything could be taken over from {}", damaged, failure);
        }
        LOG.error("{} events were saved from {}", into.tally().waiting(), damaged);
    }

    private static long take(List<SqlitePages.Row> rows, OutboxTable table, long maxBytes)
            throws SQLException {
        for (SqlitePages.Row row : rows) {
            boolean event = EVENT.stream().anyMatch(row::is) && row.bytes(2).length == BOOT_BYTES;
            if (event) {
                table.takeOver(row);
            } else if (row.is(TALLY)) {
                table.continueCounting(row.number(1), row.number(2));
            }
        }
        return table.shedTo(maxBytes);
    }
}
