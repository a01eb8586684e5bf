package io.facet.hub.webhooks;

import io.facet.config.FacetConfig;
import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.events.HubEvent;
import io.facet.model.SiteScope;
import io.facet.model.Uuid7;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The webhook service over a store. Thread-safe. */
public final class Webhooks implements WebhookService {
    /** Each one costs a row for every event. */
    private static final int MOST = 100;

    private static final int SECRET_BYTES = 32;

    /** Written to the outbox by the transaction that stores them. */
    private static final Set<String> STORED =
            Set.of(
                    "face_recognized",
                    "recognition_updated",
                    "recognition_retracted",
                    "unknown_seen",
                    "face_added",
                    "face_deleted",
                    "camera_connected",
                    "camera_disconnected");

    private final WebhookStore store;
    private final DeliveryStore deliveries;
    private final Bodies bodies;
    private final Reach reach;
    private final Runnable wake;
    private final Uuid7 ids;
    private final SecureRandom random;
    private final InstantSource clock;

    /**
     * Wires the service.
     *
     * @param wake told when something new waits
     */
    public Webhooks(
            WebhookStore store,
            DeliveryStore deliveries,
            Bodies bodies,
            FacetConfig.Webhooks config,
            Runnable wake,
            Uuid7 ids,
            SecureRandom random,
            InstantSource clock) {
        this.store = store;
        this.deliveries = deliveries;
        this.bodies = bodies;
        this.reach = new Reach(config.allowPrivate());
        this.wake = wake;
        this.ids = ids;
        this.random = random;
        this.clock = clock;
    }

    @Override
    public Made add(URI url, String description, Set<String> events, SiteScope sites) {
        reach.check(url);
        if (store.list().size() >= MOST) {
            throw new FacetException(
                    ErrorCode.CONFLICT, "there are " + MOST + " webhooks; remove one first");
        }
        Webhook webhook =
                new Webhook(
                        ids.next(),
                        url,
                        description,
                        events,
                        sites,
                        true,
                        clock.instant().truncatedTo(ChronoUnit.MICROS));
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = "whsec_" + HexFormat.of().formatHex(bytes);
        store.add(webhook, secret.getBytes(StandardCharsets.US_ASCII));
        return new Made(webhook, new Secret(secret));
    }

    @Override
    public List<Webhook> list() {
        return store.list();
    }

    @Override
    public Optional<Webhook> find(UUID id) {
        return store.find(id);
    }

    @Override
    public Optional<Webhook> change(UUID id, Change change) {
        change.url().ifPresent(reach::check);
        return store.find(id)
                .map(old ->
                        new Webhook(
                                id,
                                change.url().orElse(old.url()),
                                change.description().orElse(old.description()),
                                change.events().orElse(old.events()),
                                old.sites(),
                                change.active().orElse(old.active()),
                                old.createdAt()))
                .filter(store::update);
    }

    @Override
    public boolean remove(UUID id) {
        return store.remove(id);
    }

    @Override
    public List<Delivery> deliveries(Delivery.Filter filter, Delivery.Slice slice) {
        return deliveries.deliveries(filter, slice);
    }

    @Override
    public long countDeliveries(Delivery.Filter filter) {
        return deliveries.countDeliveries(filter);
    }

    @Override
    public boolean redeliver(UUID webhook, UUID delivery) {
        boolean found = deliveries.again(webhook, delivery, clock.instant());
        wake.run();
        return found;
    }

    @Override
    public boolean test(UUID webhook) {
        if (store.find(webhook).isEmpty()) {
            return false;
        }
        HubEvent event = new HubEvent.Custom("webhook_test", Map.of(), clock.instant());
        deliveries.enqueue(List.of(webhook), event.type(), bodies.of(event), clock.instant());
        wake.run();
        return true;
    }

    /**
     * Takes an event for whichever webhooks want it; on disk when it returns. What tells of
     * something stored was taken with it already.
     */
    public void take(HubEvent event) {
        boolean stored = STORED.contains(event.type()) && !(event instanceof HubEvent.Custom);
        if (!stored) {
            List<UUID> wanting =
                    store.list().stream()
                            .filter(webhook -> webhook.wants(event.type(), event.site()))
                            .map(Webhook::id)
                            .toList();
            if (wanting.isEmpty()) {
                return;
            }
            deliveries.enqueue(wanting, event.type(), bodies.of(event), clock.instant());
        }
        wake.run();
    }
}
