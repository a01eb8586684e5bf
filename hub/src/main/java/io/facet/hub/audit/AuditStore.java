package io.facet.hub.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The log at rest. Thread-safe. */
public interface AuditStore {
    /** The end of the log. */
    AuditBatch.Mark last();

    /** Appends in one transaction; durable when it returns. */
    void append(AuditBatch batch, Instant writtenAt);

    /** Every batch in order, with its entries. */
    void each(Consumer<AuditBatch> visitor);

    /** The last batch whose entries were taken out when they were old enough; 0 for none. */
    long prunedThrough();

    /** Takes out the entries of whole batches written before; their hashes stay. How many. */
    long prune(Instant writtenBefore);

    /** A page, newest first. */
    List<Numbered> page(AuditQuery query);

    /** An entry and its number. */
    record Numbered(long number, AuditEntry entry) {}

    /**
     * Which entries.
     *
     * @param before only entries with a smaller number
     */
    record AuditQuery(
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<String> actor,
            Optional<String> subject,
            Optional<Long> before,
            int limit) {}
}
