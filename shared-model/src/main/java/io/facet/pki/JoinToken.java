package io.facet.pki;

import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a box joins with, once: a secret for the hub, and the fingerprint of the certificate that
 * stands at the end of the chain the hub shows, by which the box knows the hub at first sight.
 */
public record JoinToken(Secret secret, Fingerprint hub) {
    /** What a secret of a token begins with. */
    public static final String KIND = "fj";

    private static final Pattern FORM =
            Pattern.compile("(fj_[A-Za-z0-9_-]{8}_[A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{43})");
    private static final int DEFAULT_PORT = 8080;

    /** A token and the hub to take it to. */
    public record AtHub(JoinToken token, URI hub) {
        /**
         * Reads {@code TOKEN@host[:port]}.
         *
         * @throws FacetException {@code INVALID_ARGUMENT}
         */
        public static AtHub parse(String text) {
            int at = text.lastIndexOf('@');
            if (at < 0) {
                throw invalid("write TOKEN@HUB or TOKEN@HUB:PORT");
            }
            String host = text.substring(at + 1);
            try {
                URI hub = URI.create("https://" + host);
                if (hub.getHost() == null || !hub.getPath().isEmpty()) {
                    throw invalid(host + " is no host or host:port");
                }
                return new AtHub(
                        JoinToken.parse(text.substring(0, at)),
                        hub.getPort() < 0 ? URI.create(hub + ":" + DEFAULT_PORT) : hub);
            } catch (IllegalArgumentException malformed) {
                throw invalid(host + " is no host or host:port");
            }
        }
    }

    /**
     * Reads {@link #reveal}.
     *
     * @throws FacetException {@code INVALID_ARGUMENT}
     */
    public static JoinToken parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw invalid("that is no join token; an administrator makes one at the hub");
        }
        return new JoinToken(new Secret(parts.group(1)), Fingerprint.parse(parts.group(2)));
    }

    /** The token, for whoever is to use it. */
    public String reveal() {
        return secret.reveal() + "." + hub.text();
    }

    private static FacetException invalid(String why) {
        return new FacetException(ErrorCode.INVALID_ARGUMENT, why);
    }
}
