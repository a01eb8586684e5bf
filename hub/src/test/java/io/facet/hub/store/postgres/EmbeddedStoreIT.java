package io.facet.hub.store.postgres;

import io.facet.hub.store.postgres.server.EmbeddedServer;
import java.nio.file.Path;

class EmbeddedStoreIT extends StoreContract {
    @Override
    Server server(Path folder) {
        return new Embedded(folder);
    }

    private static final class Embedded implements Server {
        private final EmbeddedServer.Settings settings;
        private EmbeddedServer server;

        Embedded(Path folder) {
            settings =
                    new EmbeddedServer.Settings(
                            folder, Path.of("target", "postgres").toAbsolutePath(), 20);
            server = EmbeddedServer.start(settings);
        }

        @Override
        public Database.Address address() {
            return new Database.Address(server.url(), server.user(), server.password(), 4);
        }

        /** It comes back at another port, as nobody else needs to know it. */
        @Override
        public void restart() {
            server.close();
            server = EmbeddedServer.start(settings);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
