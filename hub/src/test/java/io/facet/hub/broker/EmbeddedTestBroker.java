package io.facet.hub.broker;

import io.facet.config.Secret;
import io.facet.hub.testing.TestBroker;
import io.facet.model.AgentId;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The embedded broker with keys in memory. */
final class EmbeddedTestBroker implements TestBroker {
    private final Path folder;
    private final Secret password = new Secret("the hub's own password");
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private EmbeddedBroker broker;
    private final int port;

    EmbeddedTestBroker(Path folder) {
        this.folder = folder;
        this.broker = start(0);
        this.port = broker.port();
    }

    private EmbeddedBroker start(int wanted) {
        return EmbeddedBroker.start(
                new EmbeddedBroker.Settings(
                        folder, "127.0.0.1", wanted, HUB, password, Optional.empty()),
                users());
    }

    private BrokerUsers users() {
        return new BrokerUsers() {
            @Override
            public Optional<AgentId> box(String user, String key) {
                return key.equals(keys.get(user))
                        ? Optional.of(new AgentId(user))
                        : Optional.empty();
            }

            @Override
            public Optional<AgentId> box(X509Certificate certificate) {
                return Optional.empty();
            }
        };
    }

    @Override
    public URI url() {
        return URI.create("tcp://127.0.0.1:" + port);
    }

    @Override
    public Secret hubPassword() {
        return password;
    }

    @Override
    public void admit(AgentId agent, String key) {
        keys.put(agent.value(), key);
    }

    @Override
    public void restart() {
        broker.close();
        broker = start(port);
    }

    @Override
    public void close() {
        broker.close();
    }
}
