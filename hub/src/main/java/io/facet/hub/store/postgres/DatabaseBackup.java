package io.facet.hub.store.postgres;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.backup.Backups;
import io.facet.hub.backup.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * A database as a backup sees it: every table of the schema by PostgreSQL's own text COPY, which
 * every major version reads, parents before those that refer to them, all at one moment.
 */
public final class DatabaseBackup implements Backups.Source {
    private static final String HISTORY = "flyway_schema_history";
    private static final String MONTHS = "event_months";

    private final Database database;

    public DatabaseBackup(Database database) {
        this.database = database;
    }

    /** A database as it is: whoever else uses it may be of another version. */
    public static Database asItIs(Database.Address address) {
        Database database = Database.connected(address);
        boolean hub =
                database.transaction(handle -> table(handle, HISTORY) && table(handle, "hub"));
        if (!hub) {
            database.close();
            throw new FacetException(
                    ErrorCode.NOT_FOUND, "no hub has ever used the database; is it this one?");
        }
        return database;
    }

    private static boolean table(Handle handle, String name) {
        return handle.createQuery("SELECT to_regclass(:name) IS NOT NULL")
                .bind("name", name)
                .mapTo(Boolean.class)
                .one();
    }

    @Override
    public void copy(Backups.Sink sink) {
        database.snapshot(handle -> {
            try {
                sink.begin(new Manifest(schema(handle), masterKeys(handle)));
                sink.table(
                        MONTHS,
                        out ->
                                copyOut(
                                        handle,
                                        "SELECT DISTINCT to_char(occurred_at AT TIME ZONE 'UTC',"
                                                + " 'YYYY-MM') FROM events",
                                        out));
                for (String table : tables(handle)) {
                    sink.table(
                            table,
                            out ->
                                    copyOut(
                                            handle,
                                            "SELECT " + columns(handle, table) + " FROM " + table,
                                            out));
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            return true;
        });
    }

    private static String schema(Handle handle) {
        return handle.createQuery(
                        "SELECT version FROM "
                                + HISTORY
                                + " WHERE success ORDER BY installed_rank DESC LIMIT 1")
                .mapTo(String.class)
                .one();
    }

    /** One, for a copy with data under two could only be restored with both. */
    private static Set<String> masterKeys(Handle handle) {
        Set<String> names =
                handle
                        .createQuery(
                                "SELECT substring(wrapped FOR :n) AS prefix FROM root_keys UNION"
                                        + " SELECT substring(wrapped_key FOR :n) FROM people")
                        .bind("n", Wrapping.PREFIX)
                        .map((row, _) -> Wrapping.masterName(Rows.bytes(row, "prefix")))
                        .stream()
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet());
        if (names.size() > 1) {
            throw new FacetException(
                    ErrorCode.CONFLICT,
                    "a rotation of the master key is not finished; back up again once it is (a"
                            + " hub that was stopped meanwhile finishes it at its next start)");
        }
        return names;
    }

    /** What a manifest calls a master key. */
    public static String masterName(byte[] masterKey) {
        return Wrapping.masterName(Wrapping.prefix(masterKey)).orElseThrow();
    }

    private static void copyOut(Handle handle, String query, java.io.OutputStream out)
            throws IOException {
        try {
            long _ = manager(handle).copyOut("COPY (" + query + ") TO STDOUT", out);
        } catch (SQLException failure) {
            throw new IOException(failure);
        }
    }

    private static CopyManager manager(Handle handle) throws SQLException {
        return handle.getConnection().unwrap(PGConnection.class).getCopyAPI();
    }

    /** Quoted, in their order, without those the database computes. */
    private static String columns(Handle handle, String table) {
        return String.join(
                ", ",
                handle.createQuery(
                                "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid ="
                                        + " to_regclass(:table) AND attnum > 0 AND NOT"
                                        + " attisdropped AND attgenerated = '' ORDER BY attnum")
                        .bind("table", table)
                        .mapTo(String.class)
                        .list());
    }

    /** Every table, parents first. */
    private static List<String> tables(Handle handle) {
        List<String> all =
                handle.createQuery(
                                "SELECT relname FROM pg_class WHERE relnamespace ="
                                        + " current_schema()::regnamespace AND relkind IN ('r', 'p')"
                                        + " AND NOT relispartition AND relname <> :history ORDER BY"
                                        + " relname")
                        .bind("history", HISTORY)
                        .mapTo(String.class)
                        .list();
        List<Reference> references =
                handle.createQuery(
                                "SELECT c.relname AS child, p.relname AS parent FROM pg_constraint"
                                        + " k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class"
                                        + " p ON p.oid = k.confrelid WHERE k.contype = 'f' AND"
                                        // One for each partition of the table that is referred to.
                                        + " k.conparentid = 0 AND c.oid <> p.oid")
                        .map((row, _) ->
                                new Reference(Rows.text(row, "child"), Rows.text(row, "parent")))
                        .list();
        Set<String> ordered = new LinkedHashSet<>();
        while (ordered.size() < all.size()) {
            int before = ordered.size();
            all.stream()
                    .filter(table ->
                            references.stream()
                                    .filter(r -> r.child().equals(table))
                                    .allMatch(r -> ordered.contains(r.parent())))
                    .forEach(ordered::add);
            if (ordered.size() == before) {
                throw new IllegalStateException("tables refer to each other in a circle");
            }
        }
        return List.copyOf(ordered);
    }

    private record Reference(String child, String parent) {}

    /** Fills a database; its schema is made by the same migrations. */
    public static final class Restore implements Backups.Target {
        private final Database.Address address;

        public Restore(Database.Address address) {
            this.address = address;
        }

        @Override
        public void prepare(String schema) {
            try (Database database = Database.open(address, schema)) {
                if (database.transaction(
                        handle ->
                                handle.createQuery("SELECT count(*) FROM hub")
                                                .mapTo(Long.class)
                                                .one()
                                        > 0)) {
                    throw new FacetException(
                            ErrorCode.CONFLICT,
                            "this database holds a hub already; restore into an empty one");
                }
            }
        }

        /** In one transaction: a restore that fails can be begun again. */
        @Override
        public void fill(Backups.Tables tables) {
            try (Database database = Database.connected(atLeastTwo(address))) {
                database.transaction(handle -> {
                    boolean[] emptied = {false};
                    try {
                        tables.each((table, rows) -> {
                            if (table.equals(MONTHS)) {
                                months(database, rows);
                                return;
                            }
                            if (!emptied[0]) {
                                emptied[0] = true;
                                empty(handle);
                            }
                            copyIn(handle, table(handle, table), rows);
                        });
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                    countOn(handle);
                    return true;
                });
            }
        }

        /** Partitions are made beside the transaction that fills them. */
        private static Database.Address atLeastTwo(Database.Address a) {
            return new Database.Address(a.url(), a.user(), a.password(), Math.max(2, a.poolSize()));
        }

        /** What migrations put into new tables is in the backup as well. */
        private static void empty(Handle handle) {
            handle.execute("TRUNCATE " + String.join(", ", tables(handle)));
        }

        private static void copyIn(Handle handle, String table, InputStream rows)
                throws IOException {
            try {
                long _ =
                        manager(handle)
                                .copyIn(
                                        "COPY "
                                                + table
                                                + " ("
                                                + columns(handle, table)
                                                + ") FROM STDIN",
                                        rows);
            } catch (SQLException failure) {
                boolean full = "53100".equals(failure.getSQLState());
                throw new FacetException(
                        full ? ErrorCode.DISK_FULL : ErrorCode.INTERNAL,
                        full
                                ? "the database's disk is full; nothing is restored; make room"
                                : "the table " + table + " cannot be restored",
                        failure);
            }
        }

        private static void months(Database database, InputStream rows) throws IOException {
            new EventPartitions(database)
                    .ensure(
                            new String(rows.readAllBytes(), StandardCharsets.UTF_8)
                                    .lines()
                                    .map(YearMonth::parse)
                                    .map(m -> m.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC))
                                    .toList());
        }

        /** Only tables there are; the name comes out of a file. */
        private static String table(Handle handle, String name) {
            return tables(handle).stream()
                    .filter(name::equals)
                    .findFirst()
                    .orElseThrow(() ->
                            new FacetException(
                                    ErrorCode.INVALID_ARGUMENT,
                                    "the backup holds a table this Facet does not have"));
        }

        /** Counters go on after what is there. */
        private static void countOn(Handle handle) {
            handle.createQuery(
                            "SELECT format('SELECT setval(%L, (SELECT coalesce(max(%I), 0)"
                                    + " + 1 FROM %I), false)', s.sequence, s.attname,"
                                    + " s.relname) FROM (SELECT t.relname, a.attname,"
                                    + " pg_get_serial_sequence(quote_ident(t.relname),"
                                    + " a.attname) AS sequence FROM pg_attribute a JOIN"
                                    + " pg_class t ON t.oid = a.attrelid WHERE"
                                    + " t.relnamespace = current_schema()::regnamespace AND"
                                    + " t.relkind IN ('r', 'p') AND NOT t.relispartition"
                                    + " AND a.attnum > 0 AND NOT a.attisdropped) s WHERE"
                                    + " s.sequence IS NOT NULL")
                    .mapTo(String.class)
                    .list()
                    .forEach(set -> handle.createQuery(set).mapTo(Long.class).one());
        }

        @Override
        public void complete() {
            Database.open(address).close();
        }
    }
}
