package io.facet.hub.webhooks;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * An event on its way to a webhook.
 *
 * @param position in the order of the outbox
 * @param attempts made so far
 * @param nextAt when it is tried next, while it waits
 * @param lastStatus HTTP status of the last answer; empty when there was none
 * @param lastError what went wrong last
 */
public record Delivery(
        UUID id,
        UUID webhook,
        long position,
        String type,
        State state,
        int attempts,
        Instant nextAt,
        OptionalInt lastStatus,
        Optional<String> lastError,
        Instant createdAt,
        Optional<Instant> finishedAt) {
    /**
     * Which deliveries.
     *
     * @param state empty means any
     */
    public record Filter(UUID webhook, Optional<State> state) {}

    /**
     * Which part of a list, newest first.
     *
     * @param before the position of the last one seen before
     */
    public record Slice(Optional<Long> before, long offset, int limit) {}

    /** States of a delivery. */
    public enum State {
        WAITING,
        DELIVERED,
        /** Given up; kept for a while, to be sent again by hand. */
        DEAD;

        /** snake_case. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
