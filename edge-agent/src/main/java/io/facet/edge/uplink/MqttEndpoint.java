package io.facet.edge.uplink;

import io.facet.config.Secret;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where the broker is and how to sign in.
 *
 * @param password empty when the connection is made with a certificate
 * @param trust for {@code ssl://}; empty means the JDK's own authorities
 */
public record MqttEndpoint(URI url, String user, Secret password, Optional<SSLContext> trust) {
    /** Trusting the JDK's own authorities. */
    public MqttEndpoint(URI url, String user, Secret password) {
        this(url, user, password, Optional.empty());
    }
}
