package io.facet.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** What a hub writes into DATA/ports.json. Stateless. */
public final class LocalPorts {
    private LocalPorts() {}

    /** The hub's web address on this machine; certificates name hosts, so TLS goes by name. */
    public static URI web(JsonNode ports) {
        return ports.has("https")
                ? URI.create("https://localhost:" + ports.path("https").asInt())
                : URI.create("http://127.0.0.1:" + ports.path("http").asInt());
    }
}
