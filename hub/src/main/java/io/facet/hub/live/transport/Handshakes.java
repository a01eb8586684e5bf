package io.facet.hub.live.transport;

import io.facet.hub.admission.ClientAddress;
import io.facet.hub.live.engineio.Handshake;
import io.helidon.common.parameters.Parameters;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.ServerRequestHeaders;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;

/** What Helidon knows about a request, as Engine.IO keeps it. */
final class Handshakes {
    private static final HeaderName FORWARDED_FOR = HeaderNames.create("X-Forwarded-For");

    private Handshakes() {}

    static Handshake of(Headers headers, String authority, SocketAddress peer) {
        Map<String, String> cookies = new HashMap<>();
        Parameters sent = ServerRequestHeaders.create(headers).cookies();
        sent.names().forEach(name -> cookies.put(name, sent.get(name)));
        return new Handshake(
                cookies,
                headers.first(HeaderNames.ORIGIN),
                authority,
                ClientAddress.of(peer, headers.first(FORWARDED_FOR)));
    }
}
