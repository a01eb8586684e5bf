package io.facet.hub.api.rest;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;

/** Reads request bodies within a limit, which is held before anything is buffered. */
final class Bodies {
    private Bodies() {}

    /**
     * The whole body.
     *
     * @throws FacetException {@code REQUEST_TOO_LARGE}
     */
    static byte[] read(Call call, long most) throws IOException {
        checkDeclared(call.request(), most);
        try (InputStream in = call.body()) {
            byte[] bytes = in.readNBytes(Math.toIntExact(most + 1));
            if (bytes.length > most) {
                throw tooLarge(most);
            }
            return bytes;
        }
    }

    /** Checks what the client said about the body's length. */
    static void checkDeclared(ServerRequest request, long most) {
        if (request.headers().contentLength().orElse(0) > most) {
            throw tooLarge(most);
        }
    }

    static FacetException tooLarge(long most) {
        return new FacetException(
                ErrorCode.REQUEST_TOO_LARGE,
                "the body may have "
                        + most
                        + " bytes; send a smaller picture, or raise limits.image_bytes");
    }
}
