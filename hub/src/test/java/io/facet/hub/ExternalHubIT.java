package io.facet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.facet.config.FacetConfig;
import io.facet.hub.store.postgres.server.ExternalPostgres;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.Mosquitto;
import io.facet.hub.testing.NoWebFront;
import io.facet.hub.testing.TestBox;
import io.facet.hub.testing.TestBroker;
import io.facet.model.AgentId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;

/**
 * The same on Debian's PostgreSQL and Mosquitto, named by {@code database.url} and {@code
 * mqtt.url}; skipped where one of them is missing.
 */
@SuppressWarnings("NullAway.Init") // started before the tests
class ExternalHubIT extends HubIT {
    private ExternalPostgres postgres;
    private Mosquitto mosquitto;

    @Override
    DevHub started(Path folder) {
        assumeThat(ExternalPostgres.isInstalled()).as("PostgreSQL is installed").isTrue();
        assumeThat(Mosquitto.isInstalled()).as("Mosquitto is installed").isTrue();
        postgres = ExternalPostgres.in(folder.resolve("external-postgres"));
        mosquitto = Mosquitto.in(folder.resolve("external-mosquitto"));
        return DevHub.in(
                folder.resolve("hub"),
                new NoWebFront(),
                DevHub.with(
                        postgres.config(),
                        FacetConfig.Mqtt.at(
                                mosquitto.url().toString(),
                                TestBroker.HUB,
                                mosquitto.hubPassword())));
    }

    @Override
    void admit(AgentId agent, String key) {
        mosquitto.admit(agent, key);
    }

    @Override
    Connection database() throws Exception {
        FacetConfig.Database config = postgres.config();
        return DriverManager.getConnection(config.url(), config.user(), config.password().reveal());
    }

    /** Mosquitto grants every subscription and asks its list before each delivery. */
    @Override
    void assertUnheard(TestBox sly, String topic) {
        try {
            sly.maySubscribe(topic);
        } catch (MqttException refused) {
            assertThat(refused.getReasonCode()).as(topic).isGreaterThanOrEqualTo(0x80);
        }
    }

    @Override
    @AfterAll
    void stop() {
        super.stop();
        if (mosquitto != null) {
            mosquitto.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }
}
