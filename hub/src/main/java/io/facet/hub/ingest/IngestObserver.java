package io.facet.hub.ingest;

import io.facet.error.ErrorCode;

/** Told of every event the hub will never take. Must not throw or block. */
@FunctionalInterface
public interface IngestObserver {
    void rejected(ErrorCode why);
}
