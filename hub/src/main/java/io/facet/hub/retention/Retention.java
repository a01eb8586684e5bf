package io.facet.hub.retention;

import io.facet.config.FacetConfig;
import io.facet.hub.audit.AuditEntry;
import io.facet.hub.audit.AuditTrail;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes each class of data when it is older than its days; 0 days keep it. What is to be deleted
 * is written in the audit log first, as any change is. Thread-safe; one run at a time.
 */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final FacetConfig.Retention days;
    private final RetentionStore store;
    private final ToLongFunction<Instant> audit;
    private final AuditTrail trail;
    private final InstantSource clock;

    /**
     * A job.
     *
     * @param audit takes old entries out of the audit log
     */
    public Retention(
            FacetConfig.Retention days,
            RetentionStore store,
            ToLongFunction<Instant> audit,
            AuditTrail trail,
            InstantSource clock) {
        this.days = days;
        this.store = store;
        this.audit = audit;
        this.trail = trail;
        this.clock = clock;
    }

    /** How many rows went. */
    public record Removed(long recognised, long unknown, long images, long clips, long audit) {}

    /** Deletes what is old now. */
    public synchronized Removed run() {
        return new Removed(
                remove("recognised", days.recognisedDays(), store::deleteRecognised),
                remove("unknown", days.unknownDays(), store::deleteUnknown),
                remove("images", days.imagesDays(), store::deleteImages),
                remove("clips", clipsDays(), store::deleteClips),
                remove("audit", days.auditDays(), audit));
    }

    /** A film is a picture too: it stays no longer than those. */
    private int clipsDays() {
        int images = days.imagesDays();
        int clips = days.clipsDays();
        return images > 0 && (clips == 0 || images < clips) ? images : clips;
    }

    private long remove(String what, int keptDays, ToLongFunction<Instant> deletion) {
        if (keptDays == 0) {
            return 0;
        }
        Instant now = clock.instant();
        AuditEntry begun =
                new AuditEntry(
                        UUID.randomUUID(),
                        now,
                        "hub",
                        "",
                        "retention of " + what,
                        List.of(),
                        AuditEntry.BEGUN);
        trail.change(begun);
        long count = deletion.applyAsLong(now.minus(Duration.ofDays(keptDays)));
        trail.note(begun.ended(clock.instant(), List.of(), AuditEntry.DONE));
        if (count > 0) {
            LOG.info(
                    "{} rows of {} were older than {} days and are deleted", count, what, keptDays);
        }
        return count;
    }
}
