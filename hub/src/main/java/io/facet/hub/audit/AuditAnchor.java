package io.facet.hub.audit;

import java.util.Optional;

/** Keeps the end of the log outside the database, so that cutting its end off is seen. */
public interface AuditAnchor {
    /** The end last written; empty for a new log. */
    Optional<AuditBatch.Mark> read();

    void write(AuditBatch.Mark end);
}
