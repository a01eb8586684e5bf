package io.facet.hub.store.postgres;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.backup.Backups;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

    @Override
    public String schema() {
        return database.transaction(handle ->
                handle.createQuery(
                                "SELECT version FROM "
                                        + HISTORY
                                        + " WHERE success ORDER BY installed_rank DESC LIMIT 1")
                        .mapTo(String.class)
                        .one());
    }

    @Override
    public void copy(Backups.TableSink sink) {
        database.snapshot(handle -> {
            try {
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
                                        + " c.oid <> p.oid")
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
        private boolean emptied;

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

        @Override
        public void fill(String table, InputStream rows) throws IOException {
            try (Database database = Database.connected(address)) {
                if (table.equals(MONTHS)) {
                    months(database, new String(rows.readAllBytes(), StandardCharsets.UTF_8));
                    return;
                }
                empty(database);
                database.transaction(handle -> {
                    try {
                        return manager(handle)
                                .copyIn(
                                        "COPY "
                                                + table(handle, table)
                                                + " ("
                                                + columns(handle, table)
                                                + ") FROM STDIN",
                                        rows);
                    } catch (SQLException failure) {
                        throw new FacetException(
                                ErrorCode.INTERNAL, table + " cannot be restored", failure);
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                });
            }
        }

        private static void months(Database database, String lines) {
            new EventPartitions(database)
                    .ensure(
                            lines.lines()
                                    .map(YearMonth::parse)
                                    .map(m -> m.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC))
                                    .toList());
        }

        /** What migrations put into new tables is in the backup as well. */
        private void empty(Database database) {
            if (!emptied) {
                emptied = true;
                database.transaction(
                        handle -> handle.execute("TRUNCATE " + String.join(", ", tables(handle))));
            }
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

        @Override
        public void complete() {
            try (Database database = Database.open(address)) {
                database.transaction(handle -> {
                    // Counters go on after what is there.
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
                    return true;
                });
            }
        }
    }
}
