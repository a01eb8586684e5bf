package io.facet.edge.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The running sums of the outbox, as of the last commit; immutable, so that a rollback is easy. */
record Tally(
        long lastSequence,
        long waiting,
        long bytes,
        long droppedLow,
        long droppedHigh,
        long rejected) {

    Tally stored(long sequence, long size) {
        return new Tally(sequence, waiting + 1, bytes + size, droppedLow, droppedHigh, rejected);
    }

    Tally gone(long size) {
        return new Tally(
                lastSequence, waiting - 1, bytes - size, droppedLow, droppedHigh, rejected);
    }

    Tally dropped(Priority priority, long size) {
        Tally without = gone(size);
        return new Tally(
                lastSequence,
                without.waiting,
                without.bytes,
                droppedLow + (priority == Priority.LOW ? 1 : 0),
                droppedHigh + (priority == Priority.HIGH ? 1 : 0),
                rejected);
    }

    Tally rejected(int change) {
        return new Tally(lastSequence, waiting, bytes, droppedLow, droppedHigh, rejected + change);
    }

    Tally startingAfter(long sequence) {
        return new Tally(
                Math.max(lastSequence, sequence),
                waiting,
                bytes,
                droppedLow,
                droppedHigh,
                rejected);
    }

    /** No less than what an earlier outbox had counted. */
    Tally continuing(long low, long high) {
        return new Tally(
                lastSequence,
                waiting,
                bytes,
                Math.max(droppedLow, low),
                Math.max(droppedHigh, high),
                rejected);
    }

    static Tally read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                SELECT last_sequence, dropped_low, dropped_high,
                                  (SELECT count(*) FROM event),
                                  (SELECT coalesce(sum(bytes), 0) FROM event),
                                  (SELECT count(*) FROM rejected)
                                FROM tally
                                """)) {
            row.next();
            return new Tally(
                    row.getLong(1),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(6));
        }
    }

    void write(Connection connection) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "UPDATE tally SET last_sequence = ?, dropped_low = ?, dropped_high = ?")) {
            update.setLong(1, lastSequence);
            update.setLong(2, droppedLow);
            update.setLong(3, droppedHigh);
            update.executeUpdate();
        }
    }
}
