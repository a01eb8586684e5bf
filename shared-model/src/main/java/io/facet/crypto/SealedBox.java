package io.facet.crypto;

/**
 * Bytes only the owner of a {@link SealingKeyPair} can read.
 *
 * @param keyId the key they are sealed to
 * @param encapsulated the ephemeral public key, 32 bytes
 * @param salt 16 random bytes, or none where {@code encapsulated} is this box's alone
 * @param ciphertext AES-256-GCM ciphertext and tag
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes between codecs, never compared
public record SealedBox(String keyId, byte[] encapsulated, byte[] salt, byte[] ciphertext) {
    @Override
    public String toString() {
        return "SealedBox[" + keyId + ", " + ciphertext.length + " bytes]";
    }
}
