package io.facet.hub.testing;

import io.facet.config.Secret;
import io.facet.model.AgentId;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A broker of whichever make, on a free port of the loopback address. Used by one thread. */
public interface TestBroker extends AutoCloseable {
    /** The hub's own name there; no box can have it. */
    String HUB = "HUB";

    URI url();

    /** Whom to believe when the URL says {@code ssl://}. */
    default Optional<SSLContext> trust() {
        return Optional.empty();
    }

    Secret hubPassword();

    /** Lets a box in with a key; the key it had before no longer does. */
    void admit(AgentId agent, String key);

    /** Stops it in good order and starts it again at the same address. */
    void restart();

    @Override
    void close();
}
