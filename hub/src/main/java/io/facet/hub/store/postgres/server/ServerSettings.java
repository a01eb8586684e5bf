package io.facet.hub.store.postgres.server;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The settings that differ from PostgreSQL's own, in a file its main one includes. */
final class ServerSettings {
    private static final String FILE = "facet.conf";
    private static final String INCLUDE = "include = '" + FILE + "'";

    private ServerSettings() {}

    static void write(Path data, int port, int connections) {
        try {
            Files.writeString(data.resolve(FILE), text(port, connections));
            Path main = data.resolve("postgresql.conf");
            String present = Files.readString(main);
            if (!present.contains(INCLUDE)) {
                Files.writeString(main, present + "\n" + INCLUDE + "\n");
            }
        } catch (IOException failure) {
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "cannot write PostgreSQL's settings in "
                            + data
                            + "; check the disk and the folder's owner",
                    failure);
        }
    }

    /**
     * Durability first: an acknowledged commit is on disk. Statements that fail are not logged with
     * their text or values, which may be personal. The server's own log turns over within a week.
     */
    private static String text(int port, int connections) {
        return """
        # Written by Facet at every start.
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        max_connections = %d
        password_encryption = 'scram-sha-256'
        fsync = on
        synchronous_commit = on
        full_page_writes = on
        jit = off
        timezone = 'UTC'
        log_timezone = 'UTC'
        logging_collector = on
        log_directory = '../log'
        log_filename = 'postgres-%%a.log'
        log_truncate_on_rotation = on
        log_rotation_age = 1d
        log_rotation_size = 0
        log_file_mode = 0600
        log_statement = 'none'
        log_min_error_statement = panic
        log_parameter_max_length_on_error = 0
        """
                .formatted(port, connections);
    }
}
