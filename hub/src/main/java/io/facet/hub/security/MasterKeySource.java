package io.facet.hub.security;

import java.util.List;
import java.util.Optional;

/**
 * Where the master key comes from. While a rotation is not finished there are two; both are given
 * at a start, so that a killed hub goes on with both. Used by one thread at a time.
 */
public interface MasterKeySource {
    /** The present key and, while a rotation is not finished, the next. */
    @SuppressWarnings("ArrayRecordComponent") // keys are handed on, never compared
    record Keys(byte[] present, Optional<byte[]> next) {
        /** The newest first. */
        public List<byte[]> newestFirst() {
            return next.map(n -> List.of(n, present)).orElseGet(() -> List.of(present));
        }
    }

    /**
     * Reads them; makes the present one when there is none and the source can.
     *
     * @throws io.facet.error.FacetException {@code INVALID_CONFIGURATION}
     */
    Keys read();

    /**
     * The key to go over to, durable before it returns.
     *
     * @throws io.facet.error.FacetException {@code INVALID_CONFIGURATION} when the source has none
     *     yet, with how to give it one
     */
    byte[] next();

    /** Nothing is under the present key any more: the next one takes its place. */
    void finished();
}
