package io.facet.hub;

import io.facet.hub.api.json.LiveEventJson;
import io.facet.hub.api.json.StoredEventJson;
import io.facet.hub.events.EventService;
import io.facet.hub.events.HubEvent;
import io.facet.hub.events.StoredEvent;
import io.facet.hub.webhooks.Bodies;
import io.facet.model.EventId;
import io.facet.model.FaceEvent;
import io.facet.model.SiteScope;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What webhooks are told. Thread-safe. */
final class EventBodies implements Bodies {
    private final EventService events;

    EventBodies(EventService events) {
        this.events = events;
    }

    @Override
    public byte[] of(HubEvent event) {
        return words(event);
    }

    static byte[] words(HubEvent event) {
        return LiveEventJson.data(event).toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<byte[]> of(EventId event) {
        return events.find(event, SiteScope.ALL)
                .filter(EventBodies::mayBeTold)
                .map(stored ->
                        StoredEventJson.event(stored).toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Nobody hears of a person who was erased meanwhile. */
    private static boolean mayBeTold(StoredEvent stored) {
        return switch (stored.event()) {
            case FaceEvent.Recognised _, FaceEvent.RecognitionUpdated _ ->
                    stored.personName().isPresent();
            case FaceEvent.RecognitionRetracted _,
                    FaceEvent.UnknownSeen _,
                    FaceEvent.CameraConnected _,
                    FaceEvent.CameraDisconnected _ ->
                    true;
        };
    }
}
