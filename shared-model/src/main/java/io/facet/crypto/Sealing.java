package io.facet.crypto;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
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
 * <p>DHKEM(X25519, HKDF-SHA256) gives a fresh shared secret per message (RFC 9180, 4.1);
 * HKDF-SHA256 with the key id and the purpose as info turns it into an AES-256-GCM key and nonce,
 * used once. The purpose keeps a message of one kind from being taken for another; the context,
 * authenticated but not sent, ties it to what it belongs to (an event id). Thread-safe.
 */
public final class Sealing {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final String keyId;
    private final PublicKey publicKey;

    private Sealing(String keyId, PublicKey publicKey) {
        this.keyId = keyId;
        this.publicKey = publicKey;
    }

    /**
     * Seals to a public key.
     *
     * @param spki X.509 SubjectPublicKeyInfo, DER, X25519
     * @throws FacetException {@code INVALID_ARGUMENT} when it is no such key
     */
    public static Sealing to(byte[] spki) {
        try {
            PublicKey key =
                    KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(spki));
            return new Sealing(keyId(spki), key);
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
            KEM.Encapsulated shared =
                    KEM.getInstance("DHKEM").newEncapsulator(publicKey).encapsulate();
            byte[] ciphertext =
                    cipher(Cipher.ENCRYPT_MODE, shared.key(), keyId, purpose, context)
                            .doFinal(plain);
            return new SealedBox(keyId, shared.encapsulation(), ciphertext);
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

    static Cipher cipher(int mode, SecretKey shared, String keyId, String purpose, byte[] context)
            throws GeneralSecurityException {
        byte[] info = ("facet/v1/seal/" + keyId + "/" + purpose).getBytes(StandardCharsets.UTF_8);
        ByteBuffer material =
                ByteBuffer.wrap(
                        KDF.getInstance("HKDF-SHA256")
                                .deriveData(
                                        HKDFParameterSpec.ofExtract()
                                                .addIKM(shared)
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
