package io.facet.hub.webhooks;

import io.facet.hub.events.HubEvent;
import io.facet.model.EventId;
import java.util.Optional;

/** Events to the JSON objects that viewers get as their data. Thread-safe. */
public interface Bodies {
    byte[] of(HubEvent event);

    /** Of a stored event as it now stands; empty when it is gone. */
    Optional<byte[]> of(EventId event);
}
