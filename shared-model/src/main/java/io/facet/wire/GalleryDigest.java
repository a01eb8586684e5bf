package io.facet.wire;

import io.facet.model.FaceId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * An order-independent digest of a gallery, so that hub and agent can tell that they hold the same.
 *
 * <p>The sum modulo 2^256 of SHA-256(face id, person id, template bytes) over all faces: adding and
 * removing a face cost the same, whatever the size. Not thread-safe.
 */
public final class GalleryDigest {
    private final byte[] sum = new byte[32];

    /** A digest of nothing. */
    public GalleryDigest() {}

    /** Goes on from what {@link #value} gave. */
    public static GalleryDigest from(byte[] value) {
        GalleryDigest digest = new GalleryDigest();
        System.arraycopy(value, 0, digest.sum, 0, digest.sum.length);
        return digest;
    }

    /** Adds a face. */
    public void add(FaceId face, byte[] personId, byte[] embedding) {
        accumulate(hash(face, personId, embedding), 1);
    }

    /** Takes away a face added before with the same bytes. */
    public void remove(FaceId face, byte[] personId, byte[] embedding) {
        accumulate(hash(face, personId, embedding), -1);
    }

    /** 32 bytes, big-endian; a copy. */
    public byte[] value() {
        return sum.clone();
    }

    private void accumulate(byte[] term, int sign) {
        int carry = 0;
        for (int i = 31; i >= 0; i--) {
            int digit = (sum[i] & 0xFF) + sign * (term[i] & 0xFF) + carry;
            sum[i] = (byte) digit;
            carry = digit >> 8;
        }
    }

    private static byte[] hash(FaceId face, byte[] personId, byte[] embedding) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(
                    ByteBuffer.allocate(16)
                            .putLong(face.value().getMostSignificantBits())
                            .putLong(face.value().getLeastSignificantBits())
                            .flip());
            sha.update(personId);
            return sha.digest(embedding);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
