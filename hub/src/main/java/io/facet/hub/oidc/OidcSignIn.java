package io.facet.hub.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.facet.crypto.AtRest;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.security.ExternalIdentity;
import io.facet.hub.security.ExternalSignIn;
import io.facet.hub.security.User;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorization code flow (OpenID Connect Core 1.0, 3.1) with PKCE (RFC 7636).
 *
 * <pre>
 * browser --- link ---> hub: state, nonce and verifier sealed into a ticket
 *         <-- ticket, to the provider with state, nonce and the verifier's hash
 *         --- code, state and ticket ---> hub --- code and verifier ---> provider
 *                                             <-- ID token, signed, with the nonce
 * </pre>
 *
 * A refusal tells the browser nothing of its cause, which is in the hub's log. Thread-safe.
 */
public final class OidcSignIn implements ExternalSignIn, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OidcSignIn.class);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final OidcSettings settings;
    private final AtRest key;
    private final InstantSource clock;
    private final ClientID client;
    private final ProviderHttp http;
    private final Provider provider;

    /**
     * Asks the provider nothing until somebody signs in, so that the hub starts without it.
     *
     * @param key 32 bytes that tickets are sealed with, the same at every hub
     */
    public OidcSignIn(OidcSettings settings, byte[] key, InstantSource clock) {
        this.settings = settings;
        this.key = new AtRest(key, new SecureRandom());
        this.clock = clock;
        this.client = new ClientID(settings.clientId());
        this.http = new ProviderHttp(settings.trust());
        this.provider = new Provider(settings.issuer(), client, http, clock);
    }

    @Override
    public String label() {
        return settings.label();
    }

    @Override
    public Duration sessionLifetime() {
        return settings.sessionLifetime();
    }

    @Override
    public URI base(URI requested) {
        return settings.publicUrl().orElse(requested);
    }

    @Override
    public Departure depart(URI callback) {
        OIDCProviderMetadata metadata = provider.known().metadata();
        Ticket ticket = Ticket.issue(callback, clock.instant().plus(PATIENCE));
        Scope scope = new Scope("openid");
        settings.scopes().forEach(scope::add);
        URI to =
                new AuthenticationRequest.Builder(ResponseType.CODE, scope, client, callback)
                        .endpointURI(metadata.getAuthorizationEndpointURI())
                        .state(ticket.state())
                        .nonce(ticket.nonce())
                        .codeChallenge(ticket.verifier(), CodeChallengeMethod.S256)
                        .build()
                        .toURI();
        return new Departure(to, ticket.sealed(key), ticket.until());
    }

    @Override
    public ExternalIdentity arrive(Map<String, List<String>> answer, String sealed) {
        Instant now = clock.instant();
        Ticket ticket =
                Ticket.open(sealed, key, now)
                        .orElseThrow(() -> refused("no ticket of this browser is in force", null));
        Provider.Known known = provider.known();
        try {
            AuthorizationCode code = code(ticket, answer, known.metadata());
            JWT token = exchange(ticket, code, known.metadata());
            return identity(known.validator().validate(token, ticket.nonce()));
        } catch (KeySourceException | IOException silent) {
            throw unavailable(silent);
        } catch (ParseException | BadJOSEException | JOSEException wrong) {
            throw refused(wrong.getMessage(), wrong);
        }
    }

    /** The state first: what comes without it is not believed at all. */
    private AuthorizationCode code(
            Ticket ticket, Map<String, List<String>> answer, OIDCProviderMetadata metadata)
            throws ParseException {
        AuthenticationResponse response =
                AuthenticationResponseParser.parse(ticket.callback(), answer);
        if (response.getState() == null
                || !same(response.getState().getValue(), ticket.state().getValue())) {
            throw refused("the state is not the one this browser was given", null);
        }
        boolean named = response.getIssuer() != null; // RFC 9207
        if (named || metadata.supportsAuthorizationResponseIssuerParam()) {
            if (!metadata.getIssuer().equals(response.getIssuer())) {
                throw refused("the answer is of another issuer", null);
            }
        }
        if (!response.indicatesSuccess()) {
            throw refused(
                    "the provider says " + response.toErrorResponse().getErrorObject().getCode(),
                    null);
        }
        AuthorizationCode code = response.toSuccessResponse().getAuthorizationCode();
        if (code == null) {
            throw refused("the answer holds no code", null);
        }
        return code;
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private JWT exchange(Ticket ticket, AuthorizationCode code, OIDCProviderMetadata metadata)
            throws IOException, ParseException {
        AuthorizationCodeGrant grant =
                new AuthorizationCodeGrant(code, ticket.callback(), ticket.verifier());
        TokenResponse response =
                OIDCTokenResponseParser.parse(
                        request(grant, metadata).build().toHTTPRequest().send(http));
        if (!response.indicatesSuccess()) {
            throw refused(
                    "the provider refuses the code: "
                            + response.toErrorResponse().getErrorObject().getCode(),
                    null);
        }
        JWT token = ((OIDCTokenResponse) response).getOIDCTokens().getIDToken();
        if (token == null) {
            throw refused("the provider gave no ID token", null);
        }
        return token;
    }

    private TokenRequest.Builder request(
            AuthorizationCodeGrant grant, OIDCProviderMetadata metadata) {
        URI endpoint = metadata.getTokenEndpointURI();
        if (settings.secret().isEmpty()) {
            return new TokenRequest.Builder(endpoint, client, grant);
        }
        var secret = new com.nimbusds.oauth2.sdk.auth.Secret(settings.secret().get().reveal());
        List<ClientAuthenticationMethod> ways = metadata.getTokenEndpointAuthMethods();
        boolean post =
                ways != null
                        && ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                        && !ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        return new TokenRequest.Builder(
                endpoint,
                post ? new ClientSecretPost(client, secret) : new ClientSecretBasic(client, secret),
                grant);
    }

    private ExternalIdentity identity(IDTokenClaimsSet token) {
        Map<String, Object> claims = token.toJSONObject();
        return new ExternalIdentity(
                new User.External(settings.issuer().toString(), token.getSubject().getValue()),
                Claims.text(claims, settings.usernameClaim()),
                settings.roles().grant(Claims.texts(claims, settings.roleClaim())));
    }

    private FacetException unavailable(Exception silent) {
        LOG.error("the OpenID provider {} does not answer", settings.issuer(), silent);
        return new FacetException(
                ErrorCode.UNAVAILABLE,
                "the organisation's sign-in does not answer; try again later",
                silent);
    }

    /** The reason may hold words of the browser's own. */
    private static FacetException refused(@Nullable String why, @Nullable Throwable cause) {
        String line = String.valueOf(why).replaceAll("\\p{Cntrl}", "?");
        LOG.info("a sign-in with OpenID is refused: {}", line);
        return new FacetException(
                ErrorCode.UNAUTHENTICATED, "this sign-in did not succeed; begin again", cause);
    }

    @Override
    public void close() {
        http.close();
    }
}
