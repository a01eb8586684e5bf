package io.facet.hub.broker;

import io.facet.hub.testing.TestBroker;
import java.nio.file.Path;

class EmbeddedBrokerIT extends BrokerContract {
    @Override
    TestBroker start(Path folder) {
        return new EmbeddedTestBroker(folder);
    }
}
