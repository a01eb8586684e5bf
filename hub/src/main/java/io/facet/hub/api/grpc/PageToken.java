package io.facet.hub.api.grpc;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.model.FaceId;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the next page of faces begins: after a face, by id, whether or not it is still there.
 * Opaque to callers.
 */
record PageToken(FaceId after) {
    private static final byte VERSION = 1;
    private static final int BYTES = 17;

    String text() {
        UUID id = after.value();
        byte[] bytes =
                ByteBuffer.allocate(BYTES)
                        .put(VERSION)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Empty for the first page. */
    static Optional<PageToken> parse(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(read(text));
    }

    private static PageToken read(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == BYTES && bytes.get() == VERSION) {
                return new PageToken(new FaceId(new UUID(bytes.getLong(), bytes.getLong())));
            }
        } catch (IllegalArgumentException _) {
            // Falls through to the one message for every mistake.
        }
        throw new FacetException(
                ErrorCode.INVALID_ARGUMENT,
                "page_token is not one of ours; send next_page_token as it came, or nothing");
    }
}
