package io.facet.hub.enrolments;

import io.facet.hub.enrolments.EnrolmentJob.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Jobs at rest. Each call is one transaction, on disk at return. Thread-safe. */
public interface EnrolmentStore {
    void add(EnrolmentJob job);

    void counted(UUID job, int total);

    /** Stores a result and counts it. */
    void add(UUID job, EnrolmentResult result);

    void end(UUID job, State state, Optional<String> failure, Instant at);

    /** Ends every job that runs: the process that ran them is gone. */
    int interruptAll(Instant at);

    Optional<EnrolmentJob> get(UUID job);

    /** Newest first. */
    List<EnrolmentJob> list(Optional<UUID> before, long offset, int limit);

    long count();

    /** Results after a number, in order. */
    List<EnrolmentResult> results(UUID job, int after, int limit);
}
