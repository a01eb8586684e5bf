package io.facet.hub.idempotency;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tokens in memory, by the rules of {@link IdempotencyStore}. For one thread. */
final class MemoryTokens implements IdempotencyStore {
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    private record Row(byte[] request, UUID reserved, Attempt attempt, Optional<byte[]> answer) {
        Row leasedUntil(Instant end) {
            Attempt over = new Attempt(attempt.id(), attempt.now(), end, attempt.expiresAt());
            return new Row(request, reserved, over, answer);
        }
    }

    private final Map<String, Row> rows = new HashMap<>();

    private static String name(Ask ask) {
        return String.join("\n", ask.caller(), ask.operation(), ask.token());
    }

    @Override
    public Claim claim(Ask ask, Attempt attempt) {
        Row row = rows.get(name(ask));
        if (row == null || !row.attempt().expiresAt().isAfter(attempt.now())) {
            rows.put(name(ask), new Row(ask.request(), attempt.id(), attempt, Optional.empty()));
            return new Claim.Yours(attempt.id(), false);
        } else if (!Arrays.equals(row.request(), ask.request())) {
            return new Claim.Different();
        } else if (row.answer().isPresent()) {
            return new Claim.Answered(row.answer().get());
        } else if (row.attempt().leaseEnds().isAfter(attempt.now())) {
            return new Claim.Running();
        }
        rows.put(name(ask), new Row(ask.request(), row.reserved(), attempt, Optional.empty()));
        return new Claim.Yours(row.reserved(), true);
    }

    @Override
    public void answer(Ask ask, UUID attempt, byte[] answer, Set<UUID> about) {
        rows.computeIfPresent(
                name(ask),
                (_, row) ->
                        row.attempt().id().equals(attempt)
                                ? new Row(
                                        row.request(),
                                        row.reserved(),
                                        row.attempt(),
                                        Optional.of(answer))
                                : row);
    }

    @Override
    public void release(Ask ask, UUID attempt) {
        rows.computeIfPresent(
                name(ask), (_, row) -> row.attempt().id().equals(attempt) ? null : row);
    }

    @Override
    public void abandon(Ask ask, UUID attempt) {
        rows.computeIfPresent(
                name(ask),
                (_, row) ->
                        row.attempt().id().equals(attempt) ? row.leasedUntil(Instant.EPOCH) : row);
    }

    @Override
    public void forget(Instant before) {
        rows.values().removeIf(row -> row.attempt().expiresAt().isBefore(before));
    }
}
