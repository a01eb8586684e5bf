package io.facet.hub.broker;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.facet.hub.testing.Mosquitto;
import io.facet.hub.testing.TestBroker;
import java.nio.file.Path;

/** Mosquitto with the files of {@code provisioning/mosquitto}; skipped where it is missing. */
class MosquittoIT extends BrokerContract {
    @Override
    TestBroker start(Path folder) {
        assumeThat(Mosquitto.isInstalled())
                .as("the programs mosquitto and mosquitto_passwd are installed")
                .isTrue();
        return Mosquitto.in(folder);
    }

    /**
     * Mosquitto 2.0.11, Debian 12's, forgets it with the first acknowledgement; the hub's workers
     * make such a broker wait instead.
     */
    @Override
    boolean keepsToTheReceiveMaximum() {
        return false;
    }
}
