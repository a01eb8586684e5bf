package io.facet.hub.joining;

import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.pki.JoinToken;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tokens for boxes that are to join, and the certificates they get. Thread-safe. */
public interface JoiningService {
    /**
     * What a token is wanted for.
     *
     * @param agent the only box it is for; empty leaves the name to the box
     * @param by who asks for it
     */
    record Wish(SiteId site, Optional<AgentId> agent, Duration lifetime, String by) {}

    /** A new token; the only time it is shown. */
    record Issued(JoinToken token, JoinStore.Token description) {}

    /**
     * What a box gets.
     *
     * @param chain its certificate, then the authority's
     * @param authorities whose certificates the box is to accept from the hub
     */
    record Joined(
            AgentId agent,
            SiteId site,
            List<X509Certificate> chain,
            List<X509Certificate> authorities) {}

    /**
     * Makes a token.
     *
     * @throws io.facet.error.FacetException {@code CONFLICT} when boxes cannot join by certificate
     *     here, because the hub speaks no TLS; {@code INVALID_ARGUMENT}
     */
    Issued issue(Wish wish);

    /** Used and expired ones for a while too. */
    List<JoinStore.Token> list(SiteScope sites);

    /** Takes back a token that was not used; false when there is none. */
    boolean withdraw(String id, SiteScope sites);

    /**
     * Lets a box in. A token counts once: for another key than the one it was used with it is
     * refused, and an alert tells of that.
     *
     * @param name what the box would like to be called; counts when the token names none
     * @throws io.facet.error.FacetException {@code UNAUTHENTICATED} for no token or one that ended,
     *     {@code PERMISSION_DENIED} for one that was used, {@code ALREADY_EXISTS} when a box has
     *     the name, {@code INVALID_ARGUMENT}
     */
    Joined join(String token, String request, Optional<AgentId> name);

    /**
     * A new certificate for a box that is in. Those it had end, but for the one it showed.
     *
     * @param shown by which it signed in; empty when it did by key
     */
    Joined renew(AgentId agent, String request, Optional<X509Certificate> shown);

    /** Whether a certificate should be renewed, by the hub's clock. */
    boolean isDue(X509Certificate certificate);
}
