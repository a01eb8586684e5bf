package io.facet.wire;

import com.google.protobuf.ByteString;
import io.facet.crypto.SealedBox;
import io.facet.crypto.Sealing;
import io.facet.crypto.SealingKeyPair;
import io.facet.wire.v1.Sealed;

/** Sealed payloads as they travel: their purposes, contexts and protobuf form. Stateless. */
public final class SealedWire {
    /** A sealed Evidence; its context is the event's id, 16 bytes. */
    public static final String EVIDENCE = "evidence";

    /** A sealed LiveFrame; its context is the agent's id in ASCII. */
    public static final String LIVE = "live";

    /** A film around an event, WebM; its context is the event's id, 16 bytes. */
    public static final String CLIP = "clip";

    /** No message with a film is longer, sealed. */
    public static final int MOST_CLIP_BYTES = 16 << 20;

    private SealedWire() {}

    /** Seals the bytes of a message. */
    public static Sealed seal(Sealing to, String purpose, byte[] context, byte[] message) {
        SealedBox box = to.seal(purpose, context, message);
        return Sealed.newBuilder()
                .setKeyId(box.keyId())
                .setEncapsulated(ByteString.copyFrom(box.encapsulated()))
                .setSalt(ByteString.copyFrom(box.salt()))
                .setCiphertext(ByteString.copyFrom(box.ciphertext()))
                .build();
    }

    /**
     * Opens the bytes of a message.
     *
     * @throws io.facet.error.FacetException as {@link SealingKeyPair#open}
     */
    public static byte[] open(SealingKeyPair keys, String purpose, byte[] context, Sealed sealed) {
        return keys.open(
                purpose,
                context,
                new SealedBox(
                        sealed.getKeyId(),
                        sealed.getEncapsulated().toByteArray(),
                        sealed.getSalt().toByteArray(),
                        sealed.getCiphertext().toByteArray()));
    }
}
