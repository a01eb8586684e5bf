package io.facet.edge.uplink;

import io.facet.config.Secret;
import java.net.URI;

/** Where the broker is and how to sign in. */
public record MqttEndpoint(URI url, String user, Secret password) {}
