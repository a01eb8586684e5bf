package io.facet.crypto;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/** The public half of a {@link SigningKeyPair}. Immutable, thread-safe. */
public final class VerifyingKey {
    private final byte[] spki;
    private final PublicKey key;

    private VerifyingKey(byte[] spki, PublicKey key) {
        this.spki = spki;
        this.key = key;
    }

    /**
     * Reads a public key.
     *
     * @param spki X.509 SubjectPublicKeyInfo, DER, Ed25519
     * @throws FacetException {@code INVALID_ARGUMENT} when it is no such key
     */
    public static VerifyingKey of(byte[] spki) {
        try {
            PublicKey key =
                    KeyFactory.getInstance(SigningKeyPair.ALGORITHM)
                            .generatePublic(new X509EncodedKeySpec(spki));
            return new VerifyingKey(spki.clone(), key);
        } catch (GeneralSecurityException notAKey) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the signing key is no Ed25519 public key; check that the hub is a Facet hub",
                    notAKey);
        }
    }

    /** Whether the signature is this key's under exactly these bytes. */
    public boolean verifies(byte[] signature, byte[]... parts) {
        try {
            Signature check = Signature.getInstance(SigningKeyPair.ALGORITHM);
            check.initVerify(key);
            for (byte[] part : parts) {
                check.update(part);
            }
            return check.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    /** X.509 SubjectPublicKeyInfo, DER; a copy. */
    public byte[] bytes() {
        return spki.clone();
    }

    /** Names the key, as {@link Sealing#keyId} does. */
    public String keyId() {
        return Sealing.keyId(spki);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyingKey that && java.util.Arrays.equals(spki, that.spki);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(spki);
    }

    @Override
    public String toString() {
        return "VerifyingKey[" + keyId() + "]";
    }
}
