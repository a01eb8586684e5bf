package io.facet.hub.api.rest;

import io.facet.error.FacetException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who may see the parts of the hub's health. Credentials are in the database, whose absence is just
 * what a caller wants to be told of: whoever showed a good one lately is believed for a few minutes
 * more, for this and nothing else. Thread-safe.
 */
final class KnownCallers {
    private static final Duration BELIEVED = Duration.ofMinutes(10);
    private static final int MOST = 1000;

    private final Credentials credentials;
    private final InstantSource clock;
    private final Map<String, Instant> seen = new LinkedHashMap<>();

    KnownCallers(Credentials credentials, InstantSource clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    /** Whether the request's credential is good; without the store, whether it lately was. */
    boolean mayKnow(ServerRequest request, boolean storeAnswers) {
        if (!Credentials.present(request)) {
            return false;
        }
        String digest = digest(request);
        if (!storeAnswers) {
            return believed(digest);
        }
        try {
            credentials.of(request);
        } catch (FacetException refused) {
            return false;
        }
        remember(digest);
        return true;
    }

    private synchronized boolean believed(String digest) {
        Instant at = seen.get(digest);
        return at != null && clock.instant().isBefore(at.plus(BELIEVED));
    }

    private synchronized void remember(String digest) {
        seen.remove(digest);
        seen.put(digest, clock.instant());
        if (seen.size() > MOST) {
            seen.remove(seen.keySet().iterator().next());
        }
    }

    private static String digest(ServerRequest request) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            request.headers()
                    .first(Credentials.API_KEY)
                    .or(() -> request.headers().first(HeaderNames.AUTHORIZATION))
                    .or(() -> Credentials.session(request.headers()))
                    .ifPresent(text -> sha.update(text.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
