package io.facet.wire;

import com.google.protobuf.ByteString;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Ids on the wire: the sixteen bytes of a UUID, big-endian. Stateless. */
public final class WireIds {
    private WireIds() {}

    /** The sixteen bytes. */
    public static ByteString bytes(UUID id) {
        ByteBuffer buffer =
                ByteBuffer.allocate(16)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .flip();
        return ByteString.copyFrom(buffer);
    }

    /**
     * The id.
     *
     * @param field names the field in the error
     * @throws FacetException {@code INVALID_ARGUMENT} when there are not sixteen bytes
     */
    public static UUID uuid(String field, ByteString bytes) {
        if (bytes.size() != 16) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    field + " has " + bytes.size() + " bytes; send the 16 of a UUID");
        }
        ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
