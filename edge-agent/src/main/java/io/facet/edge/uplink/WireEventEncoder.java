package io.facet.edge.uplink;

import com.google.protobuf.InvalidProtocolBufferException;
import io.facet.crypto.Sealing;
import io.facet.edge.outbox.EventEncoder;
import io.facet.edge.outbox.StoredEvent;
import io.facet.model.EventId;
import io.facet.model.FaceEvent;
import io.facet.wire.EventCodec;
import io.facet.wire.EvidenceSeal;
import io.facet.wire.WireIds;
import io.facet.wire.v1.Event;
import io.facet.wire.v1.Evidence;
import io.facet.wire.v1.Sighting;
import java.util.Optional;

/**
 * Events to wire bytes for the outbox, and what the outbox kept to events as they are sent.
 * Personal data is sealed at once when the hub's key is known, else when it is sent. Thread-safe.
 */
public final class WireEventEncoder implements EventEncoder {
    private static final byte[] NOTHING = {};

    private final HubKey hubKey;

    public WireEventEncoder(HubKey hubKey) {
        this.hubKey = hubKey;
    }

    @Override
    public Encoded encode(FaceEvent event) {
        Optional<Sealing> hub = hubKey.current();
        if (hub.isPresent()) {
            return new Encoded(
                    EventCodec.encode(event, EvidenceSeal.to(hub.get())).toByteArray(), NOTHING);
        }
        Evidence.Builder kept = Evidence.newBuilder();
        Event wire =
                EventCodec.encode(
                        event,
                        (_, evidence) -> {
                            kept.mergeFrom(evidence);
                            return Optional.empty();
                        });
        return new Encoded(wire.toByteArray(), kept.build().toByteArray());
    }

    /**
     * The event as it travels.
     *
     * @throws InvalidProtocolBufferException when the outbox held no event
     */
    static Event toSend(StoredEvent stored, boolean historical, Sealing hub)
            throws InvalidProtocolBufferException {
        Event.Builder event = Event.newBuilder().mergeFrom(stored.event());
        event.setHistorical(historical);
        if (stored.evidence().length > 0) {
            EventId id = new EventId(WireIds.uuid("event_id", event.getEventId()));
            EvidenceSeal.to(hub)
                    .seal(id, Evidence.parseFrom(stored.evidence()))
                    .ifPresent(sealed -> sighting(event).ifPresent(s -> s.setEvidence(sealed)));
        }
        return event.build();
    }

    private static Optional<Sighting.Builder> sighting(Event.Builder event) {
        return switch (event.getBodyCase()) {
            case RECOGNISED -> Optional.of(event.getRecognisedBuilder().getSightingBuilder());
            case UPDATED -> Optional.of(event.getUpdatedBuilder().getSightingBuilder());
            case UNKNOWN -> Optional.of(event.getUnknownBuilder().getSightingBuilder());
            case RETRACTED, CAMERA_CONNECTED, CAMERA_DISCONNECTED, BODY_NOT_SET -> Optional.empty();
        };
    }
}
