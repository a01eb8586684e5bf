package io.facet.hub.store.postgres;

import io.facet.hub.events.EventKind;
import io.facet.hub.events.EventStore.Entry;
import io.facet.hub.events.HubEvent;
import io.facet.model.SiteId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Writes what webhooks are told within the transaction that makes it true: what is stored is told,
 * whatever happens to the hub next, and what is rolled back is not. Thread-safe.
 */
public final class WebhookOutbox implements Outbox {
    /** What viewers hear of straight from the store; cameras' states are told another way. */
    private static final Set<EventKind> TOLD =
            EnumSet.of(
                    EventKind.FACE_RECOGNIZED,
                    EventKind.RECOGNITION_UPDATED,
                    EventKind.RECOGNITION_RETRACTED,
                    EventKind.UNKNOWN_SEEN);

    private final Vault vault;
    private final Function<HubEvent, byte[]> words;

    /**
     * An outbox.
     *
     * @param words an event as the JSON object that webhooks get
     */
    public WebhookOutbox(Vault vault, Function<HubEvent, byte[]> words) {
        this.vault = vault;
        this.words = words;
    }

    /** What one delivery says. */
    @SuppressWarnings("ArrayRecordComponent") // on its way into a row, never compared
    record Told(String type, byte[] body, Instant at) {}

    @Override
    public void tell(Handle handle, HubEvent event, Instant at) {
        List<UUID> wanting =
                handle.createQuery(
                                "SELECT webhook_id FROM webhooks WHERE active"
                                        + " AND (events IS NULL OR :type = ANY(events))"
                                        + " AND (sites IS NULL OR :site::text IS NULL"
                                        + " OR :site = ANY(sites)) ORDER BY webhook_id")
                        .bind("type", event.type())
                        .bindByType(
                                "site", event.site().map(SiteId::value).orElse(null), String.class)
                        .map((row, _) -> Rows.uuid(row, "webhook_id"))
                        .list();
        if (!wanting.isEmpty()) {
            insert(handle, vault, wanting, new Told(event.type(), words.apply(event), at));
        }
    }

    /** A delivery to each of these webhooks. */
    static void insert(Handle handle, Vault vault, List<UUID> webhooks, Told told) {
        PreparedBatch batch =
                handle.prepareBatch(
                        "INSERT INTO webhook_deliveries (delivery_id, webhook_id, type, body,"
                                + " state, next_at, created_at) VALUES (:id, :webhook, :type,"
                                + " :body, 'waiting', :at, :at)");
        for (UUID webhook : webhooks) {
            UUID id = UUID.randomUUID();
            batch.bind("id", id)
                    .bind("webhook", webhook)
                    .bind("type", told.type())
                    .bind("body", vault.seal("webhook_deliveries.body", id, told.body()))
                    .bind("at", Rows.at(told.at()))
                    .add();
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /** Names stored events to whoever wants them; they are put into words when they are sent. */
    static void add(Handle handle, List<Entry> entries) {
        List<Entry> told =
                entries.stream().filter(e -> TOLD.contains(EventKind.of(e.event()))).toList();
        if (told.isEmpty()) {
            return;
        }
        Instant at = told.getFirst().receivedAt();
        handle.createUpdate(
                        "INSERT INTO webhook_deliveries (delivery_id, webhook_id, type, event_id,"
                                + " state, next_at, created_at) SELECT gen_random_uuid(),"
                                + " w.webhook_id, e.kind, e.event_id, 'waiting', :at, :at FROM"
                                + " webhooks w CROSS JOIN unnest(:ids::uuid[], :kinds::text[],"
                                + " :sites::text[]) WITH ORDINALITY AS e(event_id, kind, site_id,"
                                + " place) WHERE w.active AND (w.events IS NULL OR e.kind ="
                                + " ANY(w.events)) AND (w.sites IS NULL OR e.site_id ="
                                + " ANY(w.sites)) ORDER BY e.place")
                .bind("at", Rows.at(at))
                .bindArray(
                        "ids",
                        UUID.class,
                        told.stream().map(e -> e.event().header().id().value()).toArray())
                .bindArray(
                        "kinds",
                        String.class,
                        told.stream().map(e -> EventKind.of(e.event()).wireName()).toArray())
                .bindArray(
                        "sites",
                        String.class,
                        told.stream().map(e -> e.event().header().site().value()).toArray())
                .execute();
    }
}
