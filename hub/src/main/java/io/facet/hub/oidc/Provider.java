package io.facet.hub.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the provider says of itself: its discovery document, read when first needed and again every
 * hour, and its keys, read when one is not known yet. When it does not answer, what it said last
 * still holds; when it never did, whoever asks is told so, without asking it again for some
 * seconds. Thread-safe.
 */
final class Provider {
    private static final Logger LOG = LoggerFactory.getLogger(Provider.class);
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);

    private final Issuer issuer;
    private final ClientID client;
    private final ProviderHttp http;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<Known> last = Optional.empty();
    private Instant nextTry = Instant.MIN;

    Provider(URI issuer, ClientID client, ProviderHttp http, InstantSource clock) {
        this.issuer = new Issuer(issuer);
        this.client = client;
        this.http = http;
        this.clock = clock;
    }

    /**
     * The provider at work.
     *
     * @param validator of its ID tokens
     */
    record Known(OIDCProviderMetadata metadata, IDTokenValidator validator) {}

    /**
     * What is known of it at present.
     *
     * @throws FacetException {@code UNAVAILABLE} when nothing is
     */
    Known known() {
        lock.lock();
        try {
            if (!clock.instant().isBefore(nextTry)) {
                read();
            }
            return last.orElseThrow(() ->
                    new FacetException(
                            ErrorCode.UNAVAILABLE,
                            "the organisation's sign-in cannot be used at present; the hub's log"
                                    + " says why"));
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        try {
            OIDCProviderMetadata metadata = discover();
            last = Optional.of(new Known(metadata, validator(metadata)));
            nextTry = clock.instant().plus(FRESH);
        } catch (IOException | GeneralException | IllegalArgumentException failure) {
            LOG.error("the OpenID provider {} cannot be used", issuer, failure);
            nextTry = clock.instant().plus(BETWEEN_TRIES);
        }
    }

    private OIDCProviderMetadata discover() throws IOException, GeneralException {
        String text = http.retrieveResource(OIDCProviderMetadata.resolveURL(issuer)).getContent();
        OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(text);
        if (!issuer.equals(metadata.getIssuer())) {
            throw new GeneralException(
                    "its discovery document is of another issuer: " + metadata.getIssuer());
        }
        for (URI address :
                List.of(
                        metadata.getAuthorizationEndpointURI(),
                        metadata.getTokenEndpointURI(),
                        metadata.getJWKSetURI())) {
            if (!Addresses.isProtected(address)) {
                throw new GeneralException("it names an address without TLS: " + address);
            }
        }
        return metadata;
    }

    /** Public keys only: a token signed with the hub's own secret proves less. */
    private IDTokenValidator validator(OIDCProviderMetadata metadata)
            throws IOException, GeneralException {
        Set<JWSAlgorithm> algorithms = new HashSet<>(JWSAlgorithm.Family.RSA);
        algorithms.addAll(JWSAlgorithm.Family.EC);
        algorithms.retainAll(metadata.getIDTokenJWSAlgs());
        if (algorithms.isEmpty()) {
            throw new GeneralException("it signs ID tokens with neither RSA nor ECDSA");
        }
        JWKSource<SecurityContext> keys =
                JWKSourceBuilder.create(metadata.getJWKSetURI().toURL(), http)
                        .refreshAheadCache(false)
                        .cache(true)
                        .retrying(true)
                        .build();
        return new IDTokenValidator(
                issuer, client, new JWSVerificationKeySelector<>(algorithms, keys), null);
    }
}
