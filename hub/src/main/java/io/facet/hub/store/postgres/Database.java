package io.facet.hub.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.monitor.PoolState;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;

/**
 * The pool of connections to a migrated database, and what its errors mean. Thread-safe.
 *
 * <p>Every call is one transaction; it is on disk when the call returns.
 */
public final class Database implements AutoCloseable {
    private static final int OLDEST_SERVER = 15;

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
    }

    /** Where the database is. */
    public record Address(String url, String user, Secret password, int poolSize) {}

    /** Work in a transaction. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T with(Handle handle);
    }

    /**
     * Connects and brings the schema up to date.
     *
     * @throws FacetException {@code UNAVAILABLE} when the server does not answer or is too old,
     *     {@code INVALID_CONFIGURATION} when the schema is of another program or a newer Facet
     */
    public static Database open(Address address) {
        return open(address, "latest");
    }

    /** Connects to a database as it is. */
    static Database connected(Address address) {
        return new Database(connect(address));
    }

    /** As {@link #open(Address)}, but no further than a version of the schema. */
    static Database open(Address address, String version) {
        HikariDataSource pool = connect(address);
        try {
            checkVersion(pool);
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:db/migration")
                    .target(version)
                    .loggers("slf4j")
                    .load()
                    .migrate();
            return new Database(pool);
        } catch (FlywayException failure) {
            pool.close();
            throw new FacetException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "the database cannot be brought up to date; use the Facet that made it or an"
                            + " empty database",
                    failure);
        } catch (RuntimeException failure) {
            pool.close();
            throw failure;
        }
    }

    private static HikariDataSource connect(Address address) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("postgres");
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password().reveal());
        config.setMaximumPoolSize(address.poolSize());
        config.setConnectionTimeout(10_000);
        config.setInitializationFailTimeout(10_000);
        // A dead network must not hold a request for ever.
        config.addDataSourceProperty("socketTimeout", "60");
        config.addDataSourceProperty("connectTimeout", "10");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "facet-hub");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.setConnectionInitSql(
                "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED");
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException failure) {
            throw away(failure);
        }
    }

    private static void checkVersion(HikariDataSource pool) {
        try (var connection = pool.getConnection()) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST_SERVER) {
                throw new FacetException(
                        ErrorCode.UNAVAILABLE,
                        "the database is PostgreSQL "
                                + version
                                + "; Facet needs "
                                + OLDEST_SERVER
                                + " or later");
            }
        } catch (SQLException failure) {
            throw away(failure);
        }
    }

    /** Reads, or writes, in one transaction that sees each statement's newest state. */
    <T extends @Nullable Object> T transaction(Work<T> work) {
        return run(work);
    }

    /** Reads in one transaction that sees one moment. */
    <T extends @Nullable Object> T snapshot(Work<T> work) {
        return run(handle -> {
            handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            return work.with(handle);
        });
    }

    /**
     * At the server's default level, which the connections keep to: asking for it by name would
     * cost three questions to the server, what it is now, before and after, for every transaction.
     */
    private <T extends @Nullable Object> T run(Work<T> work) {
        try {
            return jdbi.inTransaction(work::with);
        } catch (JdbiException failure) {
            throw translated(failure);
        }
    }

    /** Asks the server for something trivial; throws when it does not answer. */
    public String check() {
        return transaction(handle ->
                "PostgreSQL "
                        + handle.createQuery("SHOW server_version").mapTo(String.class).one());
    }

    /** The pool just now. */
    public PoolState pool() {
        HikariPoolMXBean state = pool.getHikariPoolMXBean();
        return state == null
                ? new PoolState(0, 0, 0, pool.getMaximumPoolSize())
                : new PoolState(
                        state.getActiveConnections(),
                        state.getIdleConnections(),
                        state.getThreadsAwaitingConnection(),
                        pool.getMaximumPoolSize());
    }

    /** Bytes of the database on disk. */
    public long sizeBytes() {
        return transaction(handle ->
                handle.createQuery("SELECT pg_database_size(current_database())")
                        .mapTo(Long.class)
                        .one());
    }

    /** Whether a statement failed for want of uniqueness. */
    static boolean isDuplicate(Throwable failure) {
        return "23505".equals(sqlState(failure));
    }

    private static RuntimeException translated(JdbiException failure) {
        String state = sqlState(failure);
        if (state.startsWith("53100")) {
            return new FacetException(
                    ErrorCode.DISK_FULL,
                    "the database's disk is full; nothing of this request was stored; make room",
                    failure);
        }
        if (state.startsWith("08") || state.startsWith("57P") || state.equals("pool")) {
            return away(failure);
        }
        return failure;
    }

    private static String sqlState(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLTransientConnectionException) {
                return "pool";
            }
            if (t instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    private static FacetException away(Throwable cause) {
        return new FacetException(
                ErrorCode.UNAVAILABLE,
                "the database does not answer; check that it runs and that database.url, user and"
                        + " password are right",
                cause);
    }

    @Override
    public void close() {
        pool.close();
    }
}
