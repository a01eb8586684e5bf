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

    /** Where a database is; the port is 0 for an external one. */
    record Place(Database.Address address, int port) {}

    static Storage start(FacetConfig.Database config, DataFolder data, Lifecycle parts) {
        Place place = place(config, data, parts);
        return new Storage(
                parts.start("database", () -> Database.open(place.address())), place.port());
    }

    /** Starts the embedded server, unless another database is configured. */
    static Place place(FacetConfig.Database config, DataFolder data, Lifecycle parts) {
        if (!config.url().isEmpty()) {
            return new Place(external(config), 0);
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
        return new Place(
                new Database.Address(
                        server.url(), server.user(), server.password(), config.poolSize()),
                server.port());
    }

    static Database.Address external(FacetConfig.Database config) {
        return new Database.Address(
                config.url(), config.user(), config.password(), config.poolSize());
    }
}
