package io.facet.hub.security;

import io.facet.config.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Sign-in at the organisation's own provider: the browser is sent there with a question and comes
 * back with an answer, which counts only together with the ticket that the same browser was given.
 * Thread-safe.
 */
public interface ExternalSignIn {
    /**
     * Where the browser goes.
     *
     * @param ticket for the browser to keep, unreadable to it
     * @param until from when on the ticket is worth nothing
     */
    record Departure(URI to, Secret ticket, Instant until) {}

    /** What the link on the page says. */
    String label();

    /** How long a session is good that is opened this way. */
    Duration sessionLifetime();

    /** The hub's own address, which people's browsers use; from the request unless configured. */
    URI base(URI requested);

    /**
     * Begins.
     *
     * @param callback where the provider sends the browser afterwards
     * @throws io.facet.error.FacetException {@code UNAVAILABLE} when the provider does not answer
     */
    Departure depart(URI callback);

    /**
     * Ends.
     *
     * @param answer the parameters that the browser brought back
     * @param ticket what it was given
     * @throws io.facet.error.FacetException {@code UNAUTHENTICATED} when any of it is not right,
     *     {@code UNAVAILABLE} when the provider does not answer
     */
    ExternalIdentity arrive(Map<String, List<String>> answer, String ticket);
}
