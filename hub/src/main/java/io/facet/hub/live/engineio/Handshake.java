package io.facet.hub.live.engineio;

import java.util.Map;
import java.util.Optional;

/**
 * The HTTP request that opened a session, as far as sign-in needs it.
 *
 * @param cookies by name
 * @param origin the page the request came from, where a browser says so
 * @param authority the host and port the client asked for
 * @param address where the client is; one name for all of a network that one client may own
 */
public record Handshake(
        Map<String, String> cookies, Optional<String> origin, String authority, String address) {
    public static final Handshake NONE = new Handshake(Map.of(), Optional.empty(), "", "");

    public Handshake {
        cookies = Map.copyOf(cookies);
    }

    /** Whether no page of another origin is behind it; only then do its cookies count. */
    public boolean sameOrigin() {
        return origin.map(page -> page.substring(page.indexOf("//") + 2).equals(authority))
                .orElse(true);
    }

    /** Cookies are secrets: only their names are shown. */
    @Override
    public String toString() {
        return "Handshake[cookies=" + cookies.keySet() + ", origin=" + origin + "]";
    }
}
