package io.facet.hub.retention;

import java.time.Instant;

/** Old data at rest. Each call deletes in small steps and says how many rows went. Thread-safe. */
public interface RetentionStore {
    /** Events of people who were recognised. */
    long deleteRecognised(Instant before);

    /** Events of people nobody knew. */
    long deleteUnknown(Instant before);

    /** Pictures and embeddings of events; the events stay. */
    long deleteImages(Instant before);

    /** Films around events; the events stay. */
    long deleteClips(Instant before);
}
