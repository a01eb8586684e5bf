package io.facet.hub.security;

import io.facet.config.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * Credentials to principals. Keys and session tokens are 256-bit random and kept as SHA-256 only.
 * Thread-safe; an unknown, revoked or expired credential is simply empty.
 */
public interface Authenticator {
    /** Whose API or device key this is, or whose access token. */
    Optional<Principal> byKey(String key);

    /** Whose session of the web page this is. */
    Optional<Principal> bySession(String token);

    /** Opens a session for the bearer of an API key; empty for a wrong key or one of a box. */
    Optional<Session> signIn(String key);

    /** Ends a session, or every token of a sign-in. */
    void signOut(String token);

    /**
     * A session of the web page.
     *
     * @param token shown once, in the cookie
     * @param expiresAt the latest end; each use puts off the end by inactivity
     */
    record Session(Secret token, Principal principal, Instant expiresAt) {}
}
