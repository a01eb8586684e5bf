package io.facet.hub.audit;

import java.util.List;

/**
 * The log of who did what. Nothing is lost in silence: a change is not made before its entry is
 * durable; reads wait in a bounded queue, and when that is full because the log cannot be written,
 * reads are refused as well. Thread-safe.
 */
public interface AuditTrail {
    /**
     * Writes down what is about to be changed; returns when it is durable.
     *
     * @throws io.facet.error.FacetException {@code UNAVAILABLE}: the change must not be made
     */
    void change(AuditEntry entry);

    /**
     * Writes down a read, or how a change ended, soon.
     *
     * @throws io.facet.error.FacetException {@code UNAVAILABLE}: the data must not be shown
     */
    void note(AuditEntry entry);

    /**
     * Writes down that somebody known was refused what they only wanted to see, soon; when that
     * happens very often, that it did.
     *
     * @throws io.facet.error.FacetException {@code UNAVAILABLE}
     */
    void refused(AuditEntry entry);

    /** A page, newest first, of what is durable. */
    List<AuditStore.Numbered> page(AuditStore.AuditQuery query);

    /** Checks the whole log. */
    Verdict verify();

    /**
     * What a check found.
     *
     * @param broken where and how the log was tampered with; empty when it was not
     */
    record Verdict(long batches, long entries, long pruned, List<String> broken) {
        public Verdict {
            broken = List.copyOf(broken);
        }

        public boolean ok() {
            return broken.isEmpty();
        }
    }
}
