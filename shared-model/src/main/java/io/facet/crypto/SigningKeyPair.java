package io.facet.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;

/** An Ed25519 key pair (RFC 8032) that says who made something. Immutable, thread-safe. */
public final class SigningKeyPair {
    static final String ALGORITHM = "Ed25519";

    private final VerifyingKey verifying;
    private final PrivateKey privateKey;

    private SigningKeyPair(VerifyingKey verifying, PrivateKey privateKey) {
        this.verifying = verifying;
        this.privateKey = privateKey;
    }

    /** Makes a new pair. */
    public static SigningKeyPair generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new SigningKeyPair(
                    VerifyingKey.of(pair.getPublic().getEncoded()), pair.getPrivate());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JDK lacks Ed25519", impossible);
        }
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @throws io.facet.error.FacetException {@code INVALID_CONFIGURATION} when it is no key pair
     */
    public static SigningKeyPair fromBytes(byte[] bytes) {
        KeyPairBytes halves = KeyPairBytes.parse(bytes, "signing");
        return new SigningKeyPair(
                VerifyingKey.of(halves.spki()), halves.privateKey(ALGORITHM, "signing"));
    }

    /** Both halves; secret. */
    public byte[] toBytes() {
        return new KeyPairBytes(verifying.bytes(), privateKey.getEncoded()).toBytes();
    }

    /** The half to give away. */
    public VerifyingKey verifying() {
        return verifying;
    }

    /** Signs these bytes, one part after the other; 64 bytes. */
    public byte[] sign(byte[]... parts) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            for (byte[] part : parts) {
                signature.update(part);
            }
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JDK does not sign with Ed25519", impossible);
        }
    }

    @Override
    public String toString() {
        return "SigningKeyPair[" + verifying.keyId() + "]";
    }
}
