package io.facet.hub.store.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Columns to values, with their absence said in the type. */
final class Rows {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Rows() {}

    /** A column declared NOT NULL. */
    static UUID uuid(ResultSet row, String column) throws SQLException {
        return required(row.getObject(column, UUID.class), column);
    }

    static Optional<UUID> maybeUuid(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, UUID.class));
    }

    static byte[] bytes(ResultSet row, String column) throws SQLException {
        return required(row.getBytes(column), column);
    }

    static String text(ResultSet row, String column) throws SQLException {
        return required(row.getString(column), column);
    }

    /** An array of texts declared NOT NULL. */
    static Set<String> texts(ResultSet row, String column) throws SQLException {
        return Set.of((String[]) required(row.getArray(column), column).getArray());
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return required(row.getObject(column, OffsetDateTime.class), column).toInstant();
    }

    static Optional<Instant> maybeInstant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    /**
     * An instant as the driver takes it; what PostgreSQL cannot hold becomes the nearest it can.
     */
    static OffsetDateTime at(Instant instant) {
        Instant kept = instant.isBefore(EARLIEST) ? EARLIEST : instant;
        return (kept.isAfter(LATEST) ? LATEST : kept).atOffset(ZoneOffset.UTC);
    }

    private static <T> T required(@Nullable T value, String column) {
        if (value == null) {
            throw new IllegalStateException("column " + column + " is null");
        }
        return value;
    }
}
