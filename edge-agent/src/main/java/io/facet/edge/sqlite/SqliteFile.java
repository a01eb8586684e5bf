package io.facet.edge.sqlite;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * One SQLite file in WAL mode with {@code synchronous=FULL}: what a commit returned from outlives
 * the power. A damaged file is moved aside under its name with {@code .damaged-N} and a new one
 * takes its place; of those the newest {@value #DAMAGED_KEPT} are kept. Readable by its owner only.
 * Not thread-safe.
 */
public final class SqliteFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteFile.class);
    static final int PAGE_BYTES = 4096;
    static final int LOG_HEADER = 32;

    /** "SQLite format 3". */
    private static final String DATABASE = "53514c69746520666f726d6174203300";

    /** Either of two, by the order of bytes in its sums. */
    private static final String LOG_OF_PAGES = "377f068";

    private static final int CACHE_KIB = 1024;

    /** A disk that fails again and again must not fill up with what it has spoilt. */
    private static final int DAMAGED_KEPT = 3;

    private static final List<String> COMPANIONS = List.of("", "-wal", "-shm");

    private final Connection connection;
    private final long maxBytes;
    private final Optional<Path> keptAside;

    private SqliteFile(Connection connection, long maxBytes, Optional<Path> keptAside) {
        this.connection = connection;
        this.maxBytes = maxBytes;
        this.keptAside = keptAside;
    }

    /**
     * What a file holds.
     *
     * @param version raised with every change of the statements
     * @param statements make an empty file this version
     */
    public record Schema(int version, List<String> statements) {
        public Schema {
            statements = List.copyOf(statements);
        }
    }

    /** Work inside a transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * Opens a file, making it when it is not there.
     *
     * @param maxBytes room the database file may take; its log takes up to 4 MiB more
     * @throws FacetException {@code UNAVAILABLE} when it cannot be opened, {@code CONFLICT} when a
     *     newer version of Facet wrote it
     */
    public static SqliteFile open(Path file, Schema schema, long maxBytes) {
        try {
            if (!begins(file, "", DATABASE) || !begins(file, "-wal", LOG_OF_PAGES)) {
                return replace(file, schema, maxBytes);
            }
            return new SqliteFile(connect(file, schema, maxBytes), maxBytes, Optional.empty());
        } catch (SQLException failure) {
            if (Trouble.of(failure) != Trouble.DAMAGED) {
                throw unusable(file, failure);
            }
            return replace(file, schema, maxBytes);
        }
    }

    /**
     * Whether a file begins as it must, is empty, or is not there. Asked before SQLite is, which
     * throws a log away that it does not know, with all that was committed to it.
     */
    private static boolean begins(Path file, String suffix, String magic) {
        try (InputStream in = Files.newInputStream(sibling(file, suffix))) {
            String found = HexFormat.of().formatHex(in.readNBytes(LOG_HEADER));
            return found.startsWith(magic) || found.chars().allMatch(c -> c == '0');
        } catch (NoSuchFileException fresh) {
            return true;
        } catch (IOException failure) {
            throw unusable(file, failure);
        }
    }

    /** Moves a damaged file aside and starts a new one; nobody may hold the old one open. */
    public static SqliteFile replace(Path file, Schema schema, long maxBytes) {
        try {
            Path aside = moveAside(file);
            LOG.error("{} is damaged; it is kept as {} and a new one is started", file, aside);
            return new SqliteFile(connect(file, schema, maxBytes), maxBytes, Optional.of(aside));
        } catch (SQLException | IOException failure) {
            throw unusable(file, failure);
        }
    }

    /** Where a damaged file was put when this one was started in its place. */
    public Optional<Path> keptAside() {
        return keptAside;
    }

    public Connection connection() {
        return connection;
    }

    /** Runs work in one transaction: committed when it returns, rolled back when it throws. */
    public <T> T transaction(Work<T> work) throws SQLException {
        // By hand: the driver's own auto-commit loses count when SQLite rolls back by itself.
        execute("BEGIN");
        try {
            T result = work.run(connection);
            execute("COMMIT");
            return result;
        } catch (SQLException | RuntimeException failure) {
            rollBackAfter(failure);
            throw failure;
        }
    }

    /** SQLite rolls some failures back by itself and then refuses to do it again. */
    private void rollBackAfter(Exception failure) {
        try {
            execute("ROLLBACK");
        } catch (SQLException alreadyDone) {
            LOG.debug("rolled back already", alreadyDone);
            failure.addSuppressed(alreadyDone);
        }
    }

    /**
     * Moves the log into the file, so that the log's room is used again from its beginning.
     *
     * @return whether all of it was moved; not when the disk has no room for that
     */
    public boolean checkpoint() {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA wal_checkpoint(RESTART)")) {
            return answer.next() && answer.getInt(1) == 0;
        } catch (SQLException noRoom) {
            LOG.debug("no checkpoint", noRoom);
            return false;
        }
    }

    /**
     * Lets the file grow no further on a full disk, or again as far as it may. What is committed to
     * the log and has no room in the file would otherwise block the log.
     */
    public void mayGrow(boolean yes) throws SQLException {
        // A limit below the present size means the present size.
        execute("PRAGMA max_page_count = " + (yes ? pages(maxBytes) : 1));
    }

    private static int pages(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, bytes / PAGE_BYTES);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static Connection connect(Path file, Schema schema, long maxBytes) throws SQLException {
        makePrivate(file);
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(5_000);
        config.setCacheSize(-CACHE_KIB);
        config.setJournalSizeLimit(4 << 20);
        config.setMaxPageCount(pages(maxBytes));
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try {
            check(connection);
            migrate(connection, file, schema);
            return connection;
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    private static void check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA quick_check(1)")) {
            String first = answer.next() ? answer.getString(1) : "no answer";
            if (!"ok".equals(first)) {
                throw new org.sqlite.SQLiteException(
                        first, org.sqlite.SQLiteErrorCode.SQLITE_CORRUPT);
            }
        }
    }

    private static void migrate(Connection connection, Path file, Schema schema)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int found;
            try (ResultSet answer = statement.executeQuery("PRAGMA user_version")) {
                found = answer.getInt(1);
            }
            if (found > schema.version()) {
                throw new FacetException(
                        ErrorCode.CONFLICT,
                        file + " was written by a newer Facet; install that version again");
            }
            if (found == 0) {
                statement.execute("BEGIN IMMEDIATE");
                for (String sql : schema.statements()) {
                    statement.execute(sql);
                }
                statement.execute("PRAGMA user_version = " + schema.version());
                statement.execute("COMMIT");
            }
        }
    }

    private static void makePrivate(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            if (!Files.exists(file)) {
                Files.createFile(
                        file,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
            }
        } catch (IOException failure) {
            throw unusable(file, failure);
        }
    }

    /** Where the last damaged file was put, in this run or an earlier one. */
    public static Optional<Path> newestAside(Path file) {
        return IntStream.iterate(DAMAGED_KEPT, n -> n > 0, n -> n - 1)
                .mapToObj(n -> sibling(file, ".damaged-" + n))
                .filter(Files::exists)
                .findFirst();
    }

    private static Path moveAside(Path file) throws IOException {
        int number = 1;
        while (Files.exists(sibling(file, ".damaged-" + number))) {
            number++;
        }
        if (number > DAMAGED_KEPT) {
            number = makeRoomAmongDamaged(file);
        }
        Path aside = sibling(file, ".damaged-" + number);
        for (String companion : COMPANIONS) {
            try {
                Files.move(
                        sibling(file, companion),
                        sibling(aside, companion),
                        StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException notThere) {
                LOG.debug("{} had no {} file", file, companion);
            }
        }
        return aside;
    }

    /** The oldest goes, the others move up; the number that is free then. */
    private static int makeRoomAmongDamaged(Path file) throws IOException {
        for (String companion : COMPANIONS) {
            Files.deleteIfExists(sibling(sibling(file, ".damaged-1"), companion));
            for (int n = 2; n <= DAMAGED_KEPT; n++) {
                Path from = sibling(sibling(file, ".damaged-" + n), companion);
                if (Files.exists(from)) {
                    Files.move(from, sibling(sibling(file, ".damaged-" + (n - 1)), companion));
                }
            }
        }
        return DAMAGED_KEPT;
    }

    private static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static FacetException unusable(Path file, Exception failure) {
        return new FacetException(
                ErrorCode.UNAVAILABLE,
                "cannot use "
                        + file
                        + " ("
                        + failure.getMessage()
                        + "); check that the disk has room and the folder belongs to this user",
                failure);
    }
}
