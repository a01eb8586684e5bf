package io.facet.hub.oidc;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which addresses nobody on the way can read or change. Stateless. */
final class Addresses {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Addresses() {}

    /** Whether it is an https address, or an http one of this machine by its usual names. */
    static boolean isProtected(@Nullable URI url) {
        if (url == null || url.getHost() == null || url.getScheme() == null) {
            return false;
        }
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        return scheme.equals("https")
                || (scheme.equals("http")
                        && LOOPBACK.contains(url.getHost().toLowerCase(Locale.ROOT)));
    }
}
