package io.facet.crypto;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import javax.crypto.Cipher;
import javax.crypto.KEM;
import javax.crypto.SecretKey;

/** The X25519 key pair that opens what {@link Sealing} sealed to it. Immutable, thread-safe. */
public final class SealingKeyPair {
    private final byte[] spki;
    private final PrivateKey privateKey;

    private SealingKeyPair(byte[] spki, PrivateKey privateKey) {
        this.spki = spki;
        this.privateKey = privateKey;
    }

    /** Makes a new pair. */
    public static SealingKeyPair generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
            return new SealingKeyPair(pair.getPublic().getEncoded(), pair.getPrivate());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JDK lacks X25519", impossible);
        }
    }

    /**
     * Reads what {@link #toBytes} wrote.
     *
     * @throws FacetException {@code INVALID_CONFIGURATION} when it is no key pair
     */
    public static SealingKeyPair fromBytes(byte[] bytes) {
        KeyPairBytes halves = KeyPairBytes.parse(bytes, "sealing");
        return new SealingKeyPair(halves.spki(), halves.privateKey("X25519", "sealing"));
    }

    /** Both halves; secret. */
    public byte[] toBytes() {
        return new KeyPairBytes(spki, privateKey.getEncoded()).toBytes();
    }

    /** X.509 SubjectPublicKeyInfo, DER; a copy. */
    public byte[] publicKey() {
        return spki.clone();
    }

    /** As {@link Sealing#keyId}. */
    public String keyId() {
        return Sealing.keyId(spki);
    }

    /**
     * Decrypts.
     *
     * @throws FacetException {@code INVALID_ARGUMENT} when the box is damaged, sealed to another
     *     key, for another purpose or in another context
     */
    public byte[] open(String purpose, byte[] context, SealedBox box) {
        if (!box.keyId().equals(keyId())) {
            throw refused("is sealed to key " + printable(box.keyId()), null);
        }
        try {
            SecretKey shared =
                    KEM.getInstance("DHKEM")
                            .newDecapsulator(privateKey)
                            .decapsulate(box.encapsulated());
            return Sealing.cipher(Cipher.DECRYPT_MODE, shared, box.keyId(), purpose, context)
                    .doFinal(box.ciphertext());
        } catch (GeneralSecurityException | IllegalArgumentException wrong) {
            throw refused("does not open", wrong);
        }
    }

    @Override
    public String toString() {
        return "SealingKeyPair[" + keyId() + "]";
    }

    private FacetException refused(
            String what, @org.jspecify.annotations.Nullable Throwable cause) {
        return new FacetException(
                ErrorCode.INVALID_ARGUMENT,
                "a sealed message " + what + "; seal to the hub's present key " + keyId(),
                cause);
    }

    private static String printable(String keyId) {
        return keyId.length() > 64 ? "of " + keyId.length() + " characters" : keyId;
    }
}
