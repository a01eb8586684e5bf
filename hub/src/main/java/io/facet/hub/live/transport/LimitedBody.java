package io.facet.hub.live.transport;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.io.InputStream;

/** Reads a request's body up to a limit and not a byte further. */
final class LimitedBody {
    private LimitedBody() {}

    /**
     * @throws FacetException {@code REQUEST_TOO_LARGE} when there is more
     */
    static byte[] read(InputStream body, int most) throws IOException {
        byte[] bytes = body.readNBytes(most + 1);
        if (bytes.length > most) {
            throw new FacetException(
                    ErrorCode.REQUEST_TOO_LARGE, "a message may have " + most + " bytes");
        }
        return bytes;
    }
}
