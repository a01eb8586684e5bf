package io.facet.hub.sync;

import io.facet.crypto.VerifyingKey;
import io.facet.wire.GalleryRequest;
import io.facet.wire.v1.GalleryChanges;

/** The gallery for edge boxes. Thread-safe. */
public interface GallerySync {
    /**
     * What changed, or the whole gallery where that is shorter or {@code since} is unknown here.
     *
     * @throws io.facet.error.FacetException {@code SPACE_MISMATCH} when no template is of the space
     *     the box asks for, {@code INVALID_ARGUMENT} for a cursor that is none
     */
    GalleryChanges changes(GalleryRequest request);

    /** The same as it is sent, with the hub's signature. */
    Signed signed(GalleryRequest request);

    /** What the signatures are checked with. */
    VerifyingKey signedBy();

    /** The revision of the newest change. */
    long head();

    /**
     * An answer as bytes.
     *
     * @param signature as {@link GalleryRequest#SIGNATURE_HEADER} holds it
     */
    @SuppressWarnings("ArrayRecordComponent") // on its way out, never compared
    record Signed(byte[] body, String signature) {}
}
