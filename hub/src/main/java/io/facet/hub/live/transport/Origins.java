package io.facet.hub.live.transport;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.live.engineio.Handshake;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Pages of which other origins may speak to the live API; that of the hub's own origin, and
 * programs, which send none, always may. Values check themselves.
 *
 * @param listed origins in lower case, or {@code *} for all, which are then never sent {@code
 *     Access-Control-Allow-Credentials}
 */
public record Origins(Set<String> listed) {
    /** Nobody but the hub's own page. */
    public static final Origins SAME = new Origins(Set.of());

    private static final String ANY = "*";
    private static final Pattern ORIGIN = Pattern.compile("https?://[^/\\s?#@]+");

    public Origins {
        listed = Set.copyOf(listed);
        for (String origin : listed) {
            if (!origin.equals(ANY) && !ORIGIN.matcher(origin).matches()) {
                throw new FacetException(
                        ErrorCode.INVALID_CONFIGURATION,
                        "hub.cors_origins: \""
                                + origin
                                + "\" is no origin; write scheme, host and port, such as"
                                + " https://wall.example:8443, or *");
            }
        }
    }

    /** Origins as the configuration lists them. */
    public static Origins of(List<String> origins) {
        return new Origins(
                origins.stream()
                        .filter(origin -> !origin.isBlank())
                        .map(origin -> origin.strip().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()));
    }

    /** Whether whoever is behind a request may speak at all. */
    boolean admits(Handshake handshake) {
        return handshake.sameOrigin()
                || listed.contains(ANY)
                || handshake.origin().filter(this::isListed).isPresent();
    }

    private boolean isListed(String origin) {
        return listed.contains(origin.toLowerCase(Locale.ROOT));
    }

    /** What to say in {@code Access-Control-Allow-Origin}; empty for the hub's own page. */
    Optional<Allowed> allowed(Handshake handshake) {
        if (handshake.sameOrigin() || !admits(handshake)) {
            return Optional.empty();
        }
        return handshake
                .origin()
                .map(origin ->
                        isListed(origin) ? new Allowed(origin, true) : new Allowed(ANY, false));
    }

    /** An origin that may read answers, and whether with its cookies. */
    record Allowed(String origin, boolean credentials) {}
}
