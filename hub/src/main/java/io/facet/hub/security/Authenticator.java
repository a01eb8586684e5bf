package io.facet.hub.security;

import io.facet.config.Secret;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Credentials to principals. Keys and session tokens are 256-bit random and kept as SHA-256 only.
 * Thread-safe; an unknown, revoked or expired credential is simply empty.
 */
public interface Authenticator {
    /** Whose API or device key this is, or whose access token. */
    Optional<Principal> byKey(String key);

    /** Which box holds this certificate, which the listener found to be of the hub's authority. */
    default Optional<Principal> byCertificate(X509Certificate certificate) {
        return Optional.empty();
    }

    /** Whose session of the web page this is. */
    Optional<Principal> bySession(String token);

    /** Opens a session for the bearer of an API key; empty for a wrong key or one of a box. */
    Optional<Session> signIn(String key);

    /** Ends a session, or every token of a sign-in. */
    void signOut(String token);

    /**
     * A short-lived token for a live connection of whoever shows this key, session or access token;
     * empty for a wrong one, or one of a box.
     */
    Optional<LiveToken> liveToken(String credential);

    /** Whose key, session, access token or live token this is; empty for a box too. */
    Optional<Bearer> bearer(String credential);

    /** Calls back, on any thread, whenever a credential was ended or changed at this hub. */
    void onEnded(Runnable listener);

    /**
     * A token for {@code auth: {token}}.
     *
     * @param token shown once
     * @param expiresAt from when on it opens no connection
     */
    record LiveToken(Secret token, Instant expiresAt) {}

    /**
     * Somebody who showed a credential, and may be asked for again later. A live token counts when
     * it is shown; afterwards what it was made from does.
     *
     * @param still who it is now; empty once the credential was ended
     */
    record Bearer(Principal principal, Supplier<Optional<Principal>> still) {}

    /**
     * A session of the web page.
     *
     * @param token shown once, in the cookie
     * @param expiresAt the latest end; each use puts off the end by inactivity
     */
    record Session(Secret token, Principal principal, Instant expiresAt) {}
}
