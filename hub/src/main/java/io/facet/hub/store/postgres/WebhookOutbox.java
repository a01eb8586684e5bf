package io.facet.hub.store.postgres;

import io.facet.hub.events.EventKind;
import io.facet.hub.events.EventStore.Entry;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Names stored events to the webhooks that want them, within the transaction that stores them: an
 * event that is stored is delivered, whatever happens to the hub next. Stateless.
 */
final class WebhookOutbox {
    /** What viewers hear of straight from the store; cameras' states are told another way. */
    private static final Set<EventKind> TOLD =
            EnumSet.of(
                    EventKind.FACE_RECOGNIZED,
                    EventKind.RECOGNITION_UPDATED,
                    EventKind.RECOGNITION_RETRACTED,
                    EventKind.UNKNOWN_SEEN);

    private WebhookOutbox() {}

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
