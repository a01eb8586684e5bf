package io.facet.hub.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

/**
 * Signed tokens (JWT, HS256) that name a user and the sign-in they came from. Only the hub makes
 * and reads them. Thread-safe.
 */
final class AccessTokens {
    private static final String ISSUER = "facet";
    private static final int LONGEST = 2000;

    private final byte[] key;

    /** Takes a key of 32 bytes. */
    AccessTokens(byte[] key) {
        this.key = key.clone();
    }

    /** Whether a credential can be one of these at all. */
    static boolean looksLikeOne(String text) {
        return text.startsWith("eyJ") && text.length() <= LONGEST;
    }

    Secret issue(User user, UUID family, Instant now, Instant until) {
        try {
            SignedJWT token =
                    new SignedJWT(
                            new JWSHeader(JWSAlgorithm.HS256),
                            new JWTClaimsSet.Builder()
                                    .issuer(ISSUER)
                                    .audience(ISSUER)
                                    .subject(user.id().toString())
                                    .claim("sid", family.toString())
                                    .claim("role", user.role().wireName())
                                    .issueTime(Date.from(now))
                                    .expirationTime(Date.from(until))
                                    .jwtID(UUID.randomUUID().toString())
                                    .build());
            token.sign(new MACSigner(key));
            return new Secret(token.serialize());
        } catch (JOSEException impossible) {
            throw new FacetException(ErrorCode.INTERNAL, "no token can be signed", impossible);
        }
    }

    /** The sign-in a token came from; empty for a forged, foreign or expired one. */
    Optional<UUID> family(String text, Instant now) {
        try {
            SignedJWT token = SignedJWT.parse(text);
            JWTClaimsSet claims = token.getJWTClaimsSet();
            boolean ours =
                    JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm())
                            && token.verify(new MACVerifier(key))
                            && ISSUER.equals(claims.getIssuer())
                            && claims.getAudience().contains(ISSUER)
                            && claims.getExpirationTime() != null
                            && now.isBefore(claims.getExpirationTime().toInstant());
            return ours
                    ? Optional.of(UUID.fromString(claims.getStringClaim("sid")))
                    : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException noneOfOurs) {
            return Optional.empty();
        }
    }
}
