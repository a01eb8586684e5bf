package io.facet.hub.webhooks;

import io.facet.model.EventId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * The outbox at rest: what is on its way to webhooks. Thread-safe.
 *
 * <p>What is told of something stored is written here by the transaction that stores it: sightings,
 * enrolments and deletions, cameras that begin or cease to deliver pictures. A hub killed right
 * after such a commit tells of it when it is back.
 */
public interface DeliveryStore {
    /** Takes something to be sent; on disk when it returns. */
    void enqueue(Collection<UUID> webhooks, String type, byte[] body, Instant at);

    /** Webhooks with deliveries whose time has come. */
    List<UUID> due(Instant now);

    /**
     * Takes the oldest delivery of a webhook whose time has come; nobody else gets it before the
     * lease is over.
     */
    Optional<Outbound> take(UUID webhook, Instant now, Duration lease);

    void delivered(UUID delivery, int status, Instant at);

    /**
     * Notes a failed attempt.
     *
     * @param next when to try again; empty makes it a dead letter
     */
    void failed(
            UUID delivery, OptionalInt status, String error, Optional<Instant> next, Instant at);

    /** Newest first. */
    List<Delivery> deliveries(Delivery.Filter filter, Delivery.Slice slice);

    long countDeliveries(Delivery.Filter filter);

    /**
     * Makes a finished delivery wait again, from its first attempt on; false when there is none.
     */
    boolean again(UUID webhook, UUID delivery, Instant at);

    /** Makes all but the newest waiting deliveries of each webhook dead letters; how many. */
    int bound(int most, Instant at);

    /** Forgets deliveries finished before. */
    void forget(Instant finishedBefore);

    /** Deliveries that wait at the fullest webhook. */
    int fullest();

    /** A delivery to be sent, with its content: a stored event, or a body. */
    record Outbound(UUID id, String type, int attempts, Instant createdAt, Content content) {}

    /** What a delivery says. */
    sealed interface Content {
        /** An event of the store. */
        record Stored(EventId event) implements Content {}

        /** The bytes of a JSON object. */
        @SuppressWarnings("ArrayRecordComponent") // on its way out, never compared
        record Body(byte[] json) implements Content {}
    }
}
