package io.facet.hub.testing;

import io.facet.hub.store.postgres.server.EmbeddedServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** SQL at the database of a running hub, behind the hub's back. */
public final class EmbeddedSql implements AutoCloseable {
    private final Connection connection;

    private EmbeddedSql(Connection connection) {
        this.connection = connection;
    }

    public static EmbeddedSql of(Path data) throws SQLException {
        EmbeddedServer.Reach reach = EmbeddedServer.running(data.resolve("postgres")).orElseThrow();
        return new EmbeddedSql(
                DriverManager.getConnection(reach.url(), reach.user(), reach.password().reveal()));
    }

    public int update(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** One number. */
    public long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            if (!rows.next()) {
                throw new AssertionError(sql + " found nothing");
            }
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
