package io.facet.hub.webhooks;

import io.facet.model.EventId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Webhooks and their outbox at rest. Thread-safe. */
public interface WebhookStore {
    void add(Webhook webhook, byte[] secret);

    /** In the order they were made. */
    List<Webhook> list();

    Optional<Webhook> find(UUID id);

    /** What signs a webhook's deliveries; empty when there is no such webhook. */
    Optional<byte[]> secret(UUID id);

    /** Changes address, description, events and whether it is active; false when there is none. */
    boolean update(Webhook webhook);

    /** Removes a webhook and its deliveries. */
    boolean remove(UUID id);

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
