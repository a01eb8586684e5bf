package io.facet.pki;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.tls.Pem;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;

/** SHA-256 of a certificate or of a public key. */
@SuppressWarnings("ArrayRecordComponent") // equality is defined below
public record Fingerprint(byte[] sha256) {
    private static final int BYTES = 32;

    /** Checks the length. */
    public Fingerprint {
        sha256 = sha256.clone();
        if (sha256.length != BYTES) {
            throw new IllegalArgumentException("a fingerprint has " + BYTES + " bytes");
        }
    }

    /** Of the whole certificate. */
    public static Fingerprint of(X509Certificate certificate) {
        return new Fingerprint(digest(Pem.der(certificate)));
    }

    /** Of a key, whatever certificate it is in. */
    public static Fingerprint of(PublicKey key) {
        return new Fingerprint(digest(key.getEncoded()));
    }

    /** Reads {@link #text}. */
    static Fingerprint parse(String text) {
        return new Fingerprint(Base64.getUrlDecoder().decode(text));
    }

    /** Base64 for addresses, without padding. */
    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256);
    }

    @Override
    public byte[] sha256() {
        return sha256.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint f && MessageDigest.isEqual(sha256, f.sha256);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sha256);
    }

    @Override
    public String toString() {
        return text();
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new FacetException(ErrorCode.INTERNAL, "this JDK lacks TLS", impossible);
        }
    }
}
