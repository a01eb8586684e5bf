package io.facet.crypto;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what is stored: AES-256-GCM under one key, a fresh random 96-bit nonce per call.
 *
 * <p>Form: version byte 1, nonce (12), ciphertext, tag (16). The context is authenticated but not
 * stored; it ties a ciphertext to its row, so that rows cannot be swapped. One key stays safe for
 * 2^32 calls (NIST SP 800-38D, 8.3). Thread-safe.
 */
public final class AtRest {
    /** Bytes of a key. */
    public static final int KEY_BYTES = 32;

    /** Bytes a ciphertext is longer than its plaintext. */
    public static final int OVERHEAD = 1 + 12 + 16;

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random;

    /**
     * Copies the key.
     *
     * @throws IllegalArgumentException when the key has not {@link #KEY_BYTES} bytes
     */
    public AtRest(byte[] key, SecureRandom random) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /** A random key. */
    public static byte[] newKey(SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    /**
     * A key for one purpose, so that a master key itself encrypts nothing: HKDF-SHA256 (RFC 5869)
     * with the purpose as info.
     */
    public static byte[] derive(byte[] master, String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(master)
                                    .thenExpand(
                                            purpose.getBytes(StandardCharsets.UTF_8), KEY_BYTES));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JDK lacks HKDF-SHA256", impossible);
        }
    }

    /** Encrypts. */
    public byte[] seal(byte[] plain, byte[] context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = new byte[plain.length + OVERHEAD];
            sealed[0] = VERSION;
            System.arraycopy(nonce, 0, sealed, 1, NONCE_BYTES);
            cipher(Cipher.ENCRYPT_MODE, nonce, context)
                    .doFinal(plain, 0, plain.length, sealed, 1 + NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-256-GCM failed", impossible);
        }
    }

    /**
     * Decrypts.
     *
     * @throws FacetException {@code INTERNAL} when the bytes were changed, cut, sealed under
     *     another key or belong to another context
     */
    public byte[] open(byte[] sealed, byte[] context) {
        if (sealed.length < OVERHEAD || sealed[0] != VERSION) {
            throw unreadable(null);
        }
        byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
        try {
            int from = 1 + NONCE_BYTES;
            return cipher(Cipher.DECRYPT_MODE, nonce, context)
                    .doFinal(sealed, from, sealed.length - from);
        } catch (GeneralSecurityException wrong) {
            throw unreadable(wrong);
        }
    }

    /** A UUID as the sixteen bytes of a context or wire field. */
    public static byte[] bytes(java.util.UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context);
        return cipher;
    }

    private static FacetException unreadable(@org.jspecify.annotations.Nullable Throwable cause) {
        return new FacetException(
                ErrorCode.INTERNAL,
                "stored data does not open with this key; restore the key file that belongs to"
                        + " this data folder",
                cause);
    }

    @Override
    public String toString() {
        return "AtRest[AES-256-GCM]";
    }
}
