package io.facet.hub.api.grpc;

import com.google.protobuf.ByteString;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;

/** Pictures of requests. Stateless. */
final class Images {
    private Images() {}

    static byte[] bytes(ByteString image, String field) {
        if (image.isEmpty()) {
            throw new FacetException(ErrorCode.INVALID_ARGUMENT, "\"" + field + "\" is missing");
        }
        return image.toByteArray();
    }

    static byte[] bytes(ByteString image) {
        return bytes(image, "image_data");
    }
}
