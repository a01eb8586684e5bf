package io.facet.wire;

/**
 * An order-independent digest of a gallery, so that hub and agent can tell that they hold the same.
 *
 * <p>The sum modulo 2^256 of the {@link GalleryTerms} of all faces: adding and removing a face cost
 * the same, whatever the size. Not thread-safe.
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

    /** Adds a face's term, as {@link GalleryTerms} gives it. */
    public void add(byte[] term) {
        accumulate(term, 1);
    }

    /** Takes away a term added before. */
    public void remove(byte[] term) {
        accumulate(term, -1);
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
}
