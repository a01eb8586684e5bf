package io.facet.hub.api.grpc;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.security.Permission;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams that are open, so that one whose credential was revoked meanwhile ends, and all end with
 * the hub. Thread-safe.
 */
final class OpenStreams {
    private static final Logger LOG = LoggerFactory.getLogger(OpenStreams.class);

    private final Set<Stream> open = ConcurrentHashMap.newKeySet();

    /** One stream. */
    interface Stream {
        Caller caller();

        Permission needs();

        /** Ends it with this reason. */
        void end(FacetException why);
    }

    void opened(Stream stream) {
        open.add(stream);
    }

    void closed(Stream stream) {
        open.remove(stream);
    }

    /** Ends those whose bearer may no longer have them. */
    void recheck() {
        for (Stream stream : open) {
            try {
                if (stream.caller().again().get().filter(p -> p.may(stream.needs())).isEmpty()) {
                    stream.end(
                            new FacetException(
                                    ErrorCode.UNAUTHENTICATED,
                                    "the key was revoked or may no longer do this"));
                }
            } catch (RuntimeException unknown) {
                LOG.warn("whether a stream may go on could not be asked", unknown);
            }
        }
    }

    void endAll() {
        open.forEach(stream ->
                stream.end(new FacetException(ErrorCode.UNAVAILABLE, "the hub is stopping")));
    }
}
