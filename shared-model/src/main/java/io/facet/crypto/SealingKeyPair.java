package io.facet.crypto;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.DecapsulateException;
import javax.crypto.KEM;
import javax.crypto.SecretKey;

/** The X25519 key pair that opens what {@link Sealing} sealed to it. Thread-safe. */
public final class SealingKeyPair {
    /** Whose secrets are remembered: more boxes than one hub serves. */
    private static final int SENDERS = 4096;

    private final byte[] spki;
    private final String keyId;
    private final PrivateKey privateKey;

    /**
     * Kept, as making one derives the public key anew: as much work as opening a box. Immutable and
     * safe for use by many threads, as the class says.
     */
    private final KEM.Decapsulator decapsulator;

    private final OpenedSecrets opened = new OpenedSecrets(SENDERS);

    private SealingKeyPair(byte[] spki, PrivateKey privateKey) {
        this.spki = spki;
        this.keyId = Sealing.keyId(spki);
        this.privateKey = privateKey;
        this.decapsulator = decapsulator(privateKey);
    }

    private static KEM.Decapsulator decapsulator(PrivateKey privateKey) {
        try {
            return KEM.getInstance("DHKEM").newDecapsulator(privateKey);
        } catch (GeneralSecurityException unfit) {
            throw new FacetException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "the sealing key is damaged; restore it from the backup of the data folder",
                    unfit);
        }
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
        return keyId;
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
            byte[] info = Sealing.info(box.keyId(), purpose);
            return Sealing.cipher(Cipher.DECRYPT_MODE, secret(box), box.salt(), info, context)
                    .doFinal(box.ciphertext());
        } catch (GeneralSecurityException | IllegalArgumentException wrong) {
            throw refused("does not open", wrong);
        }
    }

    private SecretKey secret(SealedBox box) throws DecapsulateException {
        Optional<SecretKey> known = opened.of(box.encapsulated());
        if (known.isPresent()) {
            return known.get();
        }
        SecretKey secret = decapsulator.decapsulate(box.encapsulated());
        if (box.salt().length > 0) {
            // Without a salt the secret is this box's alone and does not come again.
            opened.keep(box.encapsulated(), secret);
        }
        return secret;
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
