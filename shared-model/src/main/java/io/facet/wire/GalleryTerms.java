package io.facet.wire;

import io.facet.model.FaceId;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What each face of a gallery counts for in its {@link GalleryDigest}: HMAC-SHA256 over face id,
 * person id and template, under a key that hub and agents share, so that a digest that is reported
 * or logged tells nobody else whose template is held. Not thread-safe.
 */
public final class GalleryTerms {
    /** Bytes of the key, of a term and of a digest. */
    public static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int ID_BYTES = 16;

    private final Mac mac;

    /** Counts under a key of {@link #BYTES}. */
    public GalleryTerms(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("a digest key of " + key.length + " bytes");
        }
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JDK lacks " + ALGORITHM, impossible);
        }
    }

    /**
     * The term of a face.
     *
     * @param person 16 bytes
     * @param template little-endian float32
     */
    public byte[] of(FaceId face, byte[] person, byte[] template) {
        if (person.length != ID_BYTES) {
            throw new IllegalArgumentException("a person's id of " + person.length + " bytes");
        }
        mac.update(
                ByteBuffer.allocate(ID_BYTES)
                        .putLong(face.value().getMostSignificantBits())
                        .putLong(face.value().getLeastSignificantBits())
                        .flip());
        mac.update(person);
        return mac.doFinal(template);
    }
}
