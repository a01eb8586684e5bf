package io.facet.hub.webhooks;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Webhooks at rest. Thread-safe. */
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
}
