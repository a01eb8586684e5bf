package io.facet.hub.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.facet.config.FacetConfig;
import io.facet.hub.store.postgres.server.ExternalPostgres;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Debian's PostgreSQL by URL; skipped where it is missing. */
class ExternalStoreIT extends StoreContract {
    @Override
    Server server(Path folder) {
        assumeThat(ExternalPostgres.isInstalled())
                .as("PostgreSQL 15 or later is installed")
                .isTrue();
        return new External(ExternalPostgres.in(folder));
    }

    @Test
    void theSamePoolServesAgainWhenTheServerIsBack() {
        try (Database database = database()) {
            String version = database.check();
            server().restart();
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(RuntimeException.class)
                    .untilAsserted(() -> assertThat(database.check()).isEqualTo(version));
        }
    }

    private record External(ExternalPostgres server) implements Server {
        @Override
        public Database.Address address() {
            FacetConfig.Database config = server.config();
            return new Database.Address(config.url(), config.user(), config.password(), 4);
        }

        @Override
        public void restart() {
            server.restart();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
