package io.facet.edge.outbox;

import io.facet.crypto.AtRest;
import io.facet.edge.outbox.EventEncoder.Encoded;
import io.facet.edge.sqlite.SqliteFile;
import io.facet.edge.sqlite.SqliteFile.Schema;
import io.facet.edge.sqlite.SqlitePages;
import io.facet.error.FacetException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * The rows of the outbox. Every payload is encrypted under the box's own key, tied to its row. Not
 * thread-safe: the writer's thread owns it.
 */
final class OutboxTable implements AutoCloseable {
    /** What a row takes beyond its payload: columns, index entry, page slack. */
    static final int ROW_OVERHEAD = 256;

    /** Refused events kept; beyond these the oldest go. */
    static final int MAX_REJECTED = 1_000;

    /** A log so short that its pages find room in the reserve when the disk is full. */
    private static final int LOG_PAGES = 256;

    static final Schema SCHEMA =
            new Schema(
                    1,
                    List.of(
                            """
                            CREATE TABLE event(
                              sequence INTEGER PRIMARY KEY, priority INTEGER NOT NULL,
                              boot BLOB NOT NULL, recorded_ns INTEGER NOT NULL,
                              bytes INTEGER NOT NULL, event BLOB NOT NULL, evidence BLOB)
                            """,
                            "CREATE INDEX event_by_priority ON event(priority, sequence)",
                            """
                            CREATE TABLE rejected(
                              sequence INTEGER PRIMARY KEY, code TEXT NOT NULL,
                              reason TEXT NOT NULL, event BLOB NOT NULL, evidence BLOB)
                            """,
                            """
                            CREATE TABLE tally(
                              last_sequence INTEGER NOT NULL, dropped_low INTEGER NOT NULL,
                              dropped_high INTEGER NOT NULL)
                            """,
                            "INSERT INTO tally VALUES (0, 0, 0)"));

    private final SqliteFile file;
    private final AtRest box;
    private Tally tally;

    OutboxTable(SqliteFile file, AtRest box) throws SQLException {
        this.file = file;
        this.box = box;
        try (Statement statement = file.connection().createStatement()) {
            statement.execute("PRAGMA wal_autocheckpoint = " + LOG_PAGES);
        }
        this.tally = file.transaction(Tally::read);
    }

    /** An event's place in time: which boot recorded it, and when by that boot's own clock. */
    record Recorded(UUID boot, long nanos) {}

    Tally tally() {
        return tally;
    }

    /** Whether it has just been made, or what a damaged one held was not taken over to its end. */
    boolean isNew() {
        return tally.lastSequence() == 0;
    }

    /** Ends being new: the next event comes after this sequence and after every event there is. */
    void startAfter(long sequence) throws SQLException {
        try (Statement statement = connection().createStatement();
                ResultSet row = statement.executeQuery("SELECT max(sequence) FROM event")) {
            row.next();
            tally = tally.startingAfter(Math.max(sequence, row.getLong(1)));
        }
    }

    /** Goes on counting where a damaged outbox was. */
    void continueCounting(long droppedLow, long droppedHigh) {
        tally = tally.continuing(droppedLow, droppedHigh);
    }

    /** On a full disk: brings the log to its beginning, and lets the file grow no further. */
    void stopGrowing() throws SQLException {
        file.checkpoint();
        file.mayGrow(false);
    }

    /** The disk has room again. */
    void growOn() throws SQLException {
        file.mayGrow(true);
    }

    /** Takes an event of a damaged outbox as it lay there; nothing when it is none or is here. */
    void takeOver(SqlitePages.Row row) throws SQLException {
        byte[] event = row.bytes(5);
        byte[] evidence = row.bytes(6);
        if (!opens(row.rowid(), event, evidence)) {
            return;
        }
        long bytes = (long) ROW_OVERHEAD + event.length + evidence.length;
        try (PreparedStatement insert =
                connection()
                        .prepareStatement(
                                "INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, row.rowid());
            insert.setInt(2, row.number(1) == Priority.LOW.code() ? 0 : Priority.HIGH.code());
            insert.setBytes(3, row.bytes(2));
            insert.setLong(4, row.number(3));
            insert.setLong(5, bytes);
            insert.setBytes(6, event);
            insert.setBytes(7, evidence.length == 0 ? null : evidence);
            if (insert.executeUpdate() == 1) {
                tally = tally.stored(tally.lastSequence(), bytes);
            }
        }
    }

    private boolean opens(long sequence, byte[] event, byte[] evidence) {
        try {
            box.open(event, context(sequence, "event"));
            return evidence.length == 0
                    || box.open(evidence, context(sequence, "evidence")).length > 0;
        } catch (FacetException nonsense) {
            return false;
        }
    }

    /** Runs work in one transaction; the tally goes back with the rows. */
    <T> T transaction(OutboxWriter.Work<T> work) throws SQLException {
        Tally before = tally;
        boolean done = false;
        try {
            T result =
                    file.transaction(connection -> {
                        T made = work.run(this);
                        if (!tally.equals(before)) {
                            tally.write(connection);
                        }
                        return made;
                    });
            done = true;
            return result;
        } finally {
            if (!done) {
                tally = before;
            }
        }
    }

    void insert(long sequence, Priority priority, Recorded recorded, Encoded encoded)
            throws SQLException {
        byte[] event = box.seal(encoded.event(), context(sequence, "event"));
        byte[] evidence =
                encoded.evidence().length == 0
                        ? new byte[0]
                        : box.seal(encoded.evidence(), context(sequence, "evidence"));
        long bytes = (long) ROW_OVERHEAD + event.length + evidence.length;
        try (PreparedStatement insert =
                connection().prepareStatement("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, sequence);
            insert.setInt(2, priority.code());
            insert.setBytes(3, AtRest.bytes(recorded.boot()));
            insert.setLong(4, recorded.nanos());
            insert.setLong(5, bytes);
            insert.setBytes(6, event);
            insert.setBytes(7, evidence.length == 0 ? null : evidence);
            insert.executeUpdate();
        }
        tally = tally.stored(sequence, bytes);
    }

    /** Gives up the oldest of the lowest priority until so many bytes are left; says how many. */
    long shedTo(long maxBytes) throws SQLException {
        return shedTo(maxBytes, Priority.HIGH);
    }

    /**
     * Gives up a sixteenth of what is there, enough for many events to come and little of what was,
     * for the sake of an event: none of a higher priority than its own.
     */
    long shedSome(Priority worth) throws SQLException {
        return shedTo(tally.bytes() / 16 * 15, worth);
    }

    /** Whether there is an event of no higher a priority. */
    boolean canShed(Priority worth) throws SQLException {
        try (PreparedStatement select =
                connection().prepareStatement("SELECT 1 FROM event WHERE priority <= ? LIMIT 1")) {
            select.setInt(1, worth.code());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private long shedTo(long maxBytes, Priority highest) throws SQLException {
        long before = tally.waiting();
        for (Priority priority : Priority.values()) {
            while (priority.compareTo(highest) <= 0
                    && tally.bytes() > maxBytes
                    && shedOldest(priority, maxBytes)) {
                // each round sheds up to 64 rows
            }
        }
        return before - tally.waiting();
    }

    private boolean shedOldest(Priority priority, long maxBytes) throws SQLException {
        List<Long> victims = new ArrayList<>();
        try (PreparedStatement oldest =
                connection()
                        .prepareStatement(
                                "SELECT sequence, bytes FROM event WHERE priority = ?"
                                        + " ORDER BY sequence LIMIT 64")) {
            oldest.setInt(1, priority.code());
            try (ResultSet row = oldest.executeQuery()) {
                while (tally.bytes() > maxBytes && row.next()) {
                    victims.add(row.getLong(1));
                    tally = tally.dropped(priority, row.getLong(2));
                }
            }
        }
        for (long victim : victims) {
            delete(victim);
        }
        return !victims.isEmpty();
    }

    /** Takes away events the hub has; those not here any more are passed over. */
    void confirm(Collection<Long> sequences) throws SQLException {
        for (long sequence : sequences) {
            remove(sequence);
        }
    }

    /** Puts an event aside; nothing when it is not here any more. */
    void reject(Refusal refusal) throws SQLException {
        int copied;
        try (PreparedStatement copy =
                connection()
                        .prepareStatement(
                                "INSERT OR REPLACE INTO rejected"
                                        + " SELECT sequence, ?, ?, event, evidence"
                                        + " FROM event WHERE sequence = ?")) {
            copy.setString(1, refusal.code());
            copy.setString(2, refusal.reason());
            copy.setLong(3, refusal.sequence());
            copied = copy.executeUpdate();
        }
        remove(refusal.sequence());
        tally = tally.rejected(copied);
        if (tally.rejected() > MAX_REJECTED) {
            try (PreparedStatement trim =
                    connection()
                            .prepareStatement(
                                    "DELETE FROM rejected WHERE sequence ="
                                            + " (SELECT min(sequence) FROM rejected)")) {
                tally = tally.rejected(-trim.executeUpdate());
            }
        }
    }

    /** The refusals kept, oldest first. */
    List<Refusal> rejected() throws SQLException {
        List<Refusal> all = new ArrayList<>();
        try (PreparedStatement select =
                        connection()
                                .prepareStatement(
                                        "SELECT sequence, code, reason FROM rejected"
                                                + " ORDER BY sequence");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                all.add(new Refusal(row.getLong(1), row.getString(2), row.getString(3)));
            }
        }
        return all;
    }

    /**
     * The next events in order of sequence, at least one where there is one; rows that do not open
     * under this box's key are put aside.
     */
    List<StoredEvent> after(long sequence, int maxEvents, long maxBytes, Recorded now)
            throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        List<Refusal> unreadable = new ArrayList<>();
        try (PreparedStatement select =
                connection()
                        .prepareStatement(
                                "SELECT sequence, boot, recorded_ns, event, evidence FROM event"
                                        + " WHERE sequence > ? ORDER BY sequence LIMIT ?")) {
            select.setLong(1, sequence);
            select.setInt(2, maxEvents);
            try (ResultSet row = select.executeQuery()) {
                long bytes = 0;
                while (row.next()) {
                    bytes += row.getBytes(4).length;
                    if (bytes > maxBytes && !events.isEmpty()) {
                        break;
                    }
                    read(row, now, events, unreadable);
                }
            }
        }
        for (Refusal refusal : unreadable) {
            reject(refusal);
        }
        return events;
    }

    private void read(
            ResultSet row, Recorded now, List<StoredEvent> events, List<Refusal> unreadable)
            throws SQLException {
        long sequence = row.getLong(1);
        try {
            byte[] evidence = row.getBytes(5);
            events.add(
                    new StoredEvent(
                            sequence,
                            box.open(row.getBytes(4), context(sequence, "event")),
                            evidence == null
                                    ? new byte[0]
                                    : box.open(evidence, context(sequence, "evidence")),
                            waited(row, now)));
        } catch (FacetException doesNotOpen) {
            unreadable.add(new Refusal(sequence, "unreadable", doesNotOpen.reason()));
        }
    }

    private static Duration waited(ResultSet row, Recorded now) throws SQLException {
        ByteBuffer boot = ByteBuffer.wrap(row.getBytes(2));
        boolean thisBoot = new UUID(boot.getLong(), boot.getLong()).equals(now.boot());
        return thisBoot ? Duration.ofNanos(now.nanos() - row.getLong(3)) : StoredEvent.FOREVER;
    }

    private void remove(long sequence) throws SQLException {
        try (PreparedStatement select =
                connection().prepareStatement("SELECT bytes FROM event WHERE sequence = ?")) {
            select.setLong(1, sequence);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return;
                }
                tally = tally.gone(row.getLong(1));
            }
        }
        delete(sequence);
    }

    private void delete(long sequence) throws SQLException {
        try (PreparedStatement delete =
                connection().prepareStatement("DELETE FROM event WHERE sequence = ?")) {
            delete.setLong(1, sequence);
            delete.executeUpdate();
        }
    }

    private Connection connection() {
        return file.connection();
    }

    private static byte[] context(long sequence, String part) {
        byte[] name = part.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(8 + name.length).putLong(sequence).put(name).array();
    }

    @Override
    public void close() throws SQLException {
        file.close();
    }
}
