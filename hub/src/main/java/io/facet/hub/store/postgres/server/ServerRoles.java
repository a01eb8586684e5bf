package io.facet.hub.store.postgres.server;

import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** The hub's own role and database; the administrator's role is used for nothing else. */
final class ServerRoles {
    static final String ADMIN = "postgres";
    static final String ROLE = "facet";
    static final String DATABASE = "facet";

    private ServerRoles() {}

    static boolean answers(String url, Secret password) {
        try (Connection connection = connect(url, password)) {
            return connection.isValid(5);
        } catch (SQLException refused) {
            return false;
        }
    }

    /**
     * Ends the hub's connections and waits until they are gone. A server outlives a killed hub with
     * that hub's last commits still under way; they must be over before the next one reads.
     */
    static void endConnections(String url, Secret adminPassword) {
        try (Connection connection = connect(url, adminPassword);
                PreparedStatement statement =
                        connection.prepareStatement(
                                "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
                                        + " WHERE usename = ?")) {
            statement.setString(1, ROLE);
            statement.executeQuery().close();
        } catch (SQLException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "the PostgreSQL that an earlier hub left running does not let go of that hub's"
                            + " connections; stop it and start again",
                    failure);
        }
    }

    /** Makes role and database where they are missing. */
    static void ensure(String url, Secret adminPassword, Secret rolePassword) {
        try (Connection connection = connect(url, adminPassword);
                Statement statement = connection.createStatement()) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", ROLE)) {
                // Hexadecimal digits only, so that quoting is no question.
                statement.execute(
                        "CREATE ROLE facet LOGIN PASSWORD '" + rolePassword.reveal() + "'");
            }
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", DATABASE)) {
                statement.execute("CREATE DATABASE facet OWNER facet");
            }
        } catch (SQLException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "PostgreSQL runs but its data folder has another password; restore the"
                            + " password file that belongs to it",
                    failure);
        }
    }

    private static boolean exists(Connection connection, String query, String name)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static Connection connect(String url, Secret password) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", ADMIN);
        login.setProperty("password", password.reveal());
        login.setProperty("connectTimeout", "10");
        return DriverManager.getConnection(url, login);
    }
}
