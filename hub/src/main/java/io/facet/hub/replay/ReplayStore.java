package io.facet.hub.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Answers at rest. Each call is one transaction, on disk at return. Thread-safe. */
public interface ReplayStore {
    /** How long an answer is kept. */
    Duration KEPT = Duration.ofHours(24);

    /** After so long a request that never ended is taken for one that a crash cut off. */
    Duration CUT_OFF = Duration.ofMinutes(10);

    /** A key of one principal's. */
    record Key(String principal, String key) {}

    /**
     * An answer.
     *
     * @param body empty when there is none, or when it held a secret
     */
    record Answer(int status, Optional<String> body) {}

    /** What is known of a key. */
    sealed interface Claim {
        /** It is new: do it, then {@link #finish} or {@link #release}. */
        record Fresh() implements Claim {}

        /** It was done. */
        record Done(Answer answer) implements Claim {}

        /** It is being done. */
        record Running() implements Claim {}

        /** It came before with another request. */
        record Other() implements Claim {}
    }

    /** Takes a key for a request, unless somebody has it. Also forgets what has expired. */
    Claim claim(Key key, byte[] fingerprint, Instant now);

    void finish(Key key, Answer answer);

    /** Gives a key back: nothing was done. */
    void release(Key key);
}
