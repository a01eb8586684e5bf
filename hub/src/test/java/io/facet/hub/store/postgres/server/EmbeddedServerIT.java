package io.facet.hub.store.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerIT {
    private static final Path PROGRAMS = Path.of("target", "postgres").toAbsolutePath();

    @TempDir Path folder;

    @Test
    void keepsItsDataOverARestartAndIsAdoptedWhenLeftRunning() throws Exception {
        try (EmbeddedServer first = start()) {
            execute(first, "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)");
        }
        EmbeddedServer second = start();
        try {
            assertThat(ask(second, "SELECT n FROM kept")).isEqualTo("7");
            EmbeddedServer adopted = start();
            assertThat(adopted.port()).isEqualTo(second.port());
            assertThat(ask(adopted, "SELECT n FROM kept")).isEqualTo("7");
        } finally {
            second.close();
        }
        assertThatThrownBy(() -> ask(second, "SELECT 1")).isInstanceOf(SQLException.class);
    }

    @Test
    void isDurableLocalAndAsksEverybodyForAPassword() throws Exception {
        try (EmbeddedServer server = start()) {
            assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(server, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(server, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(ask(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(Files.readAllLines(folder.resolve("data/postmaster.pid")).get(4))
                    .as("the folder of its socket: it has none")
                    .isEmpty();
            assertThat(ask(server, "SHOW password_encryption")).isEqualTo("scram-sha-256");
            assertThat(Path.of("/tmp/.s.PGSQL." + server.port())).doesNotExist();
            assertThat(Files.readAllLines(folder.resolve("data/pg_hba.conf")))
                    .filteredOn(line -> !line.isBlank() && !line.startsWith("#"))
                    .isNotEmpty()
                    .allMatch(line -> line.strip().endsWith("scram-sha-256"));
            assertThat(ask(server, "SELECT rolsuper FROM pg_roles WHERE rolname = 'facet'"))
                    .isEqualTo("f");
            for (String password : new String[] {"", "facet", "postgres"}) {
                for (String user : new String[] {"facet", "postgres"}) {
                    assertThatThrownBy(() ->
                                    DriverManager.getConnection(server.url(), user, password)
                                            .close())
                            .isInstanceOf(SQLException.class);
                }
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            try (Stream<Path> top = Files.list(folder)) {
                assertThat(top.map(p -> p.getFileName().toString()))
                        .containsExactlyInAnyOrder("data", "log", "password", "server.log");
            }
        }
    }

    @Test
    void whatAnEarlierHubWasAtIsOverWhenItsServerIsAdopted() throws Exception {
        EmbeddedServer killed = start();
        try (Connection connection = connect(killed);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept (n int)");
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE kept");
            statement.execute("INSERT INTO kept VALUES (7)");
            EmbeddedServer adopted = start();
            assertThat(adopted.port()).isEqualTo(killed.port());
            assertThat(ask(adopted, "SELECT count(*) FROM kept"))
                    .as("neither its lock nor its unfinished change is left")
                    .isEqualTo("0");
            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        } finally {
            killed.close();
        }
    }

    @Test
    void aServerThatWasKilledToTheDeathIsStartedAgainWithAllItHadCommitted() throws Exception {
        EmbeddedServer killed = start();
        execute(killed, "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)");
        long pid = Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0));
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        assertThat(postmaster.destroyForcibly()).isTrue();
        postmaster.onExit().join();
        try (EmbeddedServer again = start()) {
            assertThat(ask(again, "SELECT n FROM kept")).isEqualTo("7");
        }
    }

    @Test
    void aHalfMadeDatabaseIsMadeAfresh() throws Exception {
        Files.createDirectories(folder.resolve("data/base"));
        Files.writeString(folder.resolve("data/postgresql.conf"), "half");
        try (EmbeddedServer server = start()) {
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aCopyWithoutItsPasswordSaysSo() throws Exception {
        start().close();
        Files.delete(folder.resolve("password"));
        assertThatThrownBy(this::start).hasMessageContaining("password");
        assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
    }

    private EmbeddedServer start() {
        return EmbeddedServer.start(new EmbeddedServer.Settings(folder, PROGRAMS, 20));
    }

    private static void execute(EmbeddedServer server, String... statements) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String ask(EmbeddedServer server, String query) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedServer server) throws SQLException {
        return DriverManager.getConnection(server.url(), server.user(), server.password().reveal());
    }
}
