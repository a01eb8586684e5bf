package io.facet.hub;

import io.facet.config.FacetConfig;
import io.facet.hub.store.postgres.Database;
import io.facet.hub.store.postgres.server.EmbeddedServer;
import io.facet.lifecycle.Lifecycle;

/**
 * The database: the configured one, else an embedded server in the data folder.
 *
 * @param port of the embedded server; 0 for an external one
 */
record Storage(Database database, int port) {
    /** Connections beside the pool's: migrations, the administrator. */
    private static final int SPARE = 8;

    static Storage start(FacetConfig.Database config, DataFolder data, Lifecycle parts) {
        if (!config.url().isEmpty()) {
            return new Storage(
                    open(
                            parts,
                            new Database.Address(
                                    config.url(),
                                    config.user(),
                                    config.password(),
                                    config.poolSize())),
                    0);
        }
        EmbeddedServer server =
                parts.start(
                        "PostgreSQL",
                        () ->
                                EmbeddedServer.start(
                                        new EmbeddedServer.Settings(
                                                data.resolve("postgres"),
                                                data.resolve("postgres/programs"),
                                                config.poolSize() + SPARE)));
        return new Storage(
                open(
                        parts,
                        new Database.Address(
                                server.url(), server.user(), server.password(), config.poolSize())),
                server.port());
    }

    private static Database open(Lifecycle parts, Database.Address address) {
        return parts.start("database", () -> Database.open(address));
    }
}
