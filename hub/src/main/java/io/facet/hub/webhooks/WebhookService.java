package io.facet.hub.webhooks;

import io.facet.config.Secret;
import io.facet.model.SiteScope;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Webhooks for those who manage them. Thread-safe. */
public interface WebhookService {
    /**
     * Makes a webhook.
     *
     * @throws io.facet.error.FacetException {@code INVALID_ARGUMENT} for an address webhooks may
     *     not go to, {@code CONFLICT} when there are too many
     */
    Made add(URI url, String description, Set<String> events, SiteScope sites);

    /** In the order they were made. */
    List<Webhook> list();

    Optional<Webhook> find(UUID id);

    /** Changes what is present; empty when there is none. */
    Optional<Webhook> change(UUID id, Change change);

    boolean remove(UUID id);

    /** Newest first. */
    List<Delivery> deliveries(Delivery.Filter filter, Delivery.Slice slice);

    long countDeliveries(Delivery.Filter filter);

    /** Sends a finished delivery once more; false when there is none. */
    boolean redeliver(UUID webhook, UUID delivery);

    /** Sends a simulated {@code webhook_test}; false when there is no such webhook. */
    boolean test(UUID webhook);

    /** A new webhook and what it signs with, shown this once. */
    record Made(Webhook webhook, Secret secret) {}

    /** What to change. */
    record Change(
            Optional<URI> url,
            Optional<String> description,
            Optional<Set<String>> events,
            Optional<Boolean> active) {}
}
