package io.facet.crypto;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KEM;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts to the holder of a private key, so that whoever carries the message cannot read it.
 *
 * <p>DHKEM(X25519, HKDF-SHA256) gives a shared secret (RFC 9180, 4.1), fresh for each message or,
 * where the holder {@link #salted understands salts}, for up to {@value #MESSAGES} messages of ten
 * minutes. HKDF-SHA256 with the message's random salt, and with the key id and the purpose as info,
 * turns it into an AES-256-GCM key and nonce, used once. The purpose keeps a message of one kind
 * from being taken for another; the context, authenticated but not sent, ties it to what it belongs
 * to (an event id). Thread-safe.
 */
public final class Sealing {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int SALT_BYTES = 16;
    private static final int MESSAGES = 1024;
    private static final Duration LIFE = Duration.ofMinutes(10);

    private final String keyId;
    private final SharedSecrets secrets;
    private final int saltBytes;
    private final SecureRandom random = new SecureRandom();

    private Sealing(String keyId, SharedSecrets secrets, int saltBytes) {
        this.keyId = keyId;
        this.secrets = secrets;
        this.saltBytes = saltBytes;
    }

    /**
     * Seals to a public key, every message with a secret of its own.
     *
     * @param spki X.509 SubjectPublicKeyInfo, DER, X25519
     * @throws FacetException {@code INVALID_ARGUMENT} when it is no such key
     */
    public static Sealing to(byte[] spki) {
        return to(spki, 1, 0);
    }

    /**
     * As {@link #to}, with a secret for many messages, which spares both ends most of the work; for
     * holders that know {@link SealedBox#salt}.
     */
    public static Sealing salted(byte[] spki) {
        return to(spki, MESSAGES, SALT_BYTES);
    }

    private static Sealing to(byte[] spki, int messages, int saltBytes) {
        try {
            PublicKey key =
                    KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(spki));
            return new Sealing(keyId(spki), new SharedSecrets(key, messages, LIFE), saltBytes);
        } catch (GeneralSecurityException notAKey) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the sealing key is no X25519 public key; check that the hub is a Facet hub",
                    notAKey);
        }
    }

    /** Names the key: the first 16 hexadecimal digits of the SHA-256 of its DER form. */
    public String keyId() {
        return keyId;
    }

    /** Encrypts. */
    public SealedBox seal(String purpose, byte[] context, byte[] plain) {
        try {
            KEM.Encapsulated shared = secrets.next();
            byte[] salt = new byte[saltBytes];
            random.nextBytes(salt);
            byte[] info = info(keyId, purpose);
            byte[] ciphertext =
                    cipher(Cipher.ENCRYPT_MODE, shared.key(), salt, info, context).doFinal(plain);
            return new SealedBox(keyId, shared.encapsulation(), salt, ciphertext);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JDK lacks DHKEM or AES-256-GCM", impossible);
        }
    }

    static String keyId(byte[] spki) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(spki);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] info(String keyId, String purpose) {
        return ("facet/v1/seal/" + keyId + "/" + purpose).getBytes(StandardCharsets.UTF_8);
    }

    /** No salt is, to HKDF, the same as one of zeros (RFC 5869, 2.2). */
    static Cipher cipher(int mode, SecretKey shared, byte[] salt, byte[] info, byte[] context)
            throws GeneralSecurityException {
        ByteBuffer material =
                ByteBuffer.wrap(
                        KDF.getInstance("HKDF-SHA256")
                                .deriveData(
                                        HKDFParameterSpec.ofExtract()
                                                .addIKM(shared)
                                                .addSalt(salt)
                                                .thenExpand(info, KEY_BYTES + NONCE_BYTES)));
        byte[] key = new byte[KEY_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        material.get(key).get(nonce);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context);
        return cipher;
    }
}
