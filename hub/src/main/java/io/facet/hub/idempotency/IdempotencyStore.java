package io.facet.hub.idempotency;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Tokens at rest. Each call is one transaction. Thread-safe. */
public interface IdempotencyStore {
    /** What became of a claim. */
    sealed interface Claim {
        /**
         * Go ahead.
         *
         * @param reserved an id for what the change makes, the same at every attempt
         * @param again an earlier attempt ended without an answer; it may have got through
         */
        record Yours(UUID reserved, boolean again) implements Claim {}

        /** It was done; this was the answer. */
        @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
        record Answered(byte[] answer) implements Claim {}

        /** It was done; the answer went with somebody it was about, who was erased. */
        record Erased() implements Claim {}

        /** Another attempt is at it. */
        record Running() implements Claim {}

        /** The token was used for something else. */
        record Different() implements Claim {}
    }

    /**
     * An attempt.
     *
     * @param id of this attempt, and the id reserved if it is the first
     * @param leaseEnds from when another attempt may take over
     * @param expiresAt when the token is forgotten
     */
    record Attempt(UUID id, Instant now, Instant leaseEnds, Instant expiresAt) {}

    Claim claim(Ask ask, Attempt attempt);

    /**
     * Keeps the answer of an attempt, unless another took over meanwhile, until somebody is erased
     * whom it is about.
     *
     * @param about ids of people and faces, among others
     */
    void answer(Ask ask, UUID attempt, byte[] answer, Set<UUID> about);

    /** Frees the token: nothing was done. */
    void release(Ask ask, UUID attempt);

    /** Ends the lease: nobody knows whether it was done. */
    void abandon(Ask ask, UUID attempt);

    /** Deletes what expired before. */
    void forget(Instant before);
}
