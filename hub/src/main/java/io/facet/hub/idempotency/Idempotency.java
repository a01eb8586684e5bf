package io.facet.hub.idempotency;

import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.idempotency.IdempotencyStore.Attempt;
import io.facet.hub.idempotency.IdempotencyStore.Claim;
import io.facet.model.Uuid7;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs a change once per token.
 *
 * <pre>
 * claim -> run -> answer kept (a day)
 *            |      '--- until somebody is erased whom it is about
 *            |--- refused: nothing was done, the token is free again
 *            '--- failed, or the process died: the next attempt, from the end of the lease on,
 *                 is told that this one may have got through
 * </pre>
 *
 * Tokens are on disk, so all of this holds over a restart. Thread-safe.
 */
public final class Idempotency {
    static final Duration KEPT = Duration.ofDays(1);

    /** Of calls that say nothing else. */
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration CLEANING = Duration.ofMinutes(10);

    /** After these nobody knows how far the change got. */
    private static final Set<ErrorCode> UNCLEAR =
            Set.of(ErrorCode.UNAVAILABLE, ErrorCode.INTERNAL, ErrorCode.DISK_FULL);

    private final IdempotencyStore store;
    private final Uuid7 ids;
    private final InstantSource clock;
    private final AtomicReference<Instant> cleaned = new AtomicReference<>(Instant.EPOCH);

    public Idempotency(IdempotencyStore store, Uuid7 ids, InstantSource clock) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    /** The change itself; its answer is kept for a day, as ciphertext. */
    @FunctionalInterface
    public interface Change {
        /**
         * Makes it.
         *
         * @param reserved an id for what is made
         * @param again whether an earlier attempt may have made it
         * @throws NothingDone when it was refused in a way that a code does not say
         */
        byte[] make(UUID reserved, boolean again);

        /** Whether its answer may say more of people than their ids. */
        default boolean holdsPeople() {
            return true;
        }
    }

    /**
     * The answer of the first time.
     *
     * @throws FacetException {@code IDEMPOTENCY_KEY_REUSED} when the token stands for another
     *     request, {@code CONFLICT} while the first attempt is running
     */
    public byte[] once(Ask ask, Change change) {
        return once(ask, LEASE, change);
    }

    /**
     * The answer of the first time, as {@link #once(Ask, Change)}.
     *
     * @param lease after so long an attempt that never ended is taken for one that a crash cut off;
     *     longer than any attempt takes
     */
    public byte[] once(Ask ask, Duration lease, Change change) {
        Instant now = clock.instant();
        clean(now);
        UUID attempt = ids.next();
        return switch (store.claim(
                ask, new Attempt(attempt, now, now.plus(lease), now.plus(KEPT)))) {
            case Claim.Yours yours -> make(ask, attempt, yours, change);
            case Claim.Answered answered -> answered.answer();
            case Claim.Erased _ ->
                    throw new FacetException(
                            ErrorCode.CONFLICT,
                            "this was done at the first request; somebody its answer was about was"
                                    + " erased since, and the answer with them");
            case Claim.Running _ ->
                    throw new FacetException(
                            ErrorCode.CONFLICT,
                            "the first call with this idempotency key is still running; try again"
                                    + " in a moment");
            case Claim.Different _ ->
                    throw new FacetException(
                            ErrorCode.IDEMPOTENCY_KEY_REUSED,
                            "this idempotency key was used for another request; choose a new one");
        };
    }

    private byte[] make(Ask ask, UUID attempt, Claim.Yours claim, Change change) {
        byte[] answer;
        try {
            answer = change.make(claim.reserved(), claim.again());
        } catch (FacetException refused) {
            end(ask, attempt, UNCLEAR.contains(refused.code()), refused);
            throw refused;
        } catch (NothingDone refused) {
            end(ask, attempt, false, refused);
            throw refused;
        } catch (RuntimeException failed) {
            end(ask, attempt, true, failed);
            throw failed;
        }
        store.answer(ask, attempt, answer, change.holdsPeople() ? Mentions.of(answer) : Set.of());
        return answer;
    }

    private void end(Ask ask, UUID attempt, boolean unclear, RuntimeException why) {
        try {
            if (unclear) {
                store.abandon(ask, attempt);
            } else {
                store.release(ask, attempt);
            }
        } catch (RuntimeException alsoFailed) {
            why.addSuppressed(alsoFailed); // the lease runs out by itself
        }
    }

    private void clean(Instant now) {
        Instant last = cleaned.get();
        if (now.isAfter(last.plus(CLEANING)) && cleaned.compareAndSet(last, now)) {
            store.forget(now);
        }
    }
}
