package io.facet.hub.webhooks;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * An event on its way to a webhook.
 *
 * @param attempts made so far
 * @param nextAt when it is tried next, while it waits
 * @param lastStatus HTTP status of the last answer; empty when there was none
 * @param lastError what went wrong last
 */
public record Delivery(
        UUID id,
        UUID webhook,
        String type,
        State state,
        int attempts,
        Instant nextAt,
        OptionalInt lastStatus,
        Optional<String> lastError,
        Instant createdAt,
        Optional<Instant> finishedAt) {
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
