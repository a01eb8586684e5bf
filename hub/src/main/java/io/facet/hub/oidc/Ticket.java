package io.facet.hub.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.facet.config.Secret;
import io.facet.crypto.AtRest;
import io.facet.error.FacetException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What one sign-in is recognised by when the browser comes back. The browser itself keeps it, as
 * ciphertext, so that strangers who only begin cost the hub no memory and any hub of the same keys
 * can end what another began.
 *
 * @param state ties the provider's answer to this browser
 * @param nonce ties the ID token to this sign-in
 * @param verifier proves that whoever brings the code asked for it (PKCE)
 * @param callback as the provider was told, which it wants to hear again
 */
record Ticket(State state, Nonce nonce, CodeVerifier verifier, URI callback, Instant until) {
    private static final byte[] CONTEXT =
            "facet/hub/oidc-ticket".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 4000;

    /** A fresh one: 256 random bits each. */
    static Ticket issue(URI callback, Instant until) {
        return new Ticket(new State(), new Nonce(), new CodeVerifier(), callback, until);
    }

    Secret sealed(AtRest key) {
        String text =
                String.join(
                        "\n",
                        state.getValue(),
                        nonce.getValue(),
                        verifier.getValue(),
                        callback.toString(),
                        Long.toString(until.getEpochSecond()));
        byte[] sealed = key.seal(text.getBytes(StandardCharsets.UTF_8), CONTEXT);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(sealed));
    }

    /** Empty for one that was made up, altered, or is over. */
    static Optional<Ticket> open(String text, AtRest key, Instant now) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            byte[] plain = key.open(Base64.getUrlDecoder().decode(text), CONTEXT);
            List<String> parts = new String(plain, StandardCharsets.UTF_8).lines().toList();
            Ticket ticket =
                    new Ticket(
                            new State(parts.get(0)),
                            new Nonce(parts.get(1)),
                            new CodeVerifier(parts.get(2)),
                            URI.create(parts.get(3)),
                            Instant.ofEpochSecond(Long.parseLong(parts.get(4))));
            return Optional.of(ticket).filter(t -> now.isBefore(t.until()));
        } catch (FacetException | IllegalArgumentException noneOfOurs) {
            return Optional.empty();
        }
    }
}
