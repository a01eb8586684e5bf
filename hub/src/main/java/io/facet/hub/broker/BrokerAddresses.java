package io.facet.hub.broker;

import java.net.URI;

/**
 * Where boxes find the broker: those that sign in with a key, and those with a certificate. A host
 * of 0.0.0.0 is where they find the hub.
 */
public record BrokerAddresses(URI forKeys, URI forCertificates) {
    /** One listener for both. */
    public BrokerAddresses(URI forBoth) {
        this(forBoth, forBoth);
    }

    /** Whether a box can come by certificate. */
    public boolean certificates() {
        return "ssl".equals(forCertificates.getScheme());
    }
}
