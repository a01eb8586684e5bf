package io.facet.hub.events;

import io.facet.hub.watchlists.WatchlistRef;
import io.facet.model.FaceEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An event as the hub keeps it. Crop and embedding of its sighting are left out; {@link
 * EventService#crop} has the picture.
 *
 * @param occurredAt capture by the hub's clock as well as that can be told; events sort by it
 * @param historical waited at the edge for a connection
 * @param hasClip whether {@link EventClips#film} has a film
 * @param cameraName present name; empty when the camera was removed
 * @param watchlists the lists it matched when it came in, as they are called now
 * @param personName present name; empty for an event of nobody known and for erased people
 */
public record StoredEvent(
        FaceEvent event,
        Instant occurredAt,
        Instant receivedAt,
        boolean historical,
        boolean hasCrop,
        boolean hasClip,
        Optional<String> cameraName,
        Optional<String> personName,
        List<WatchlistRef> watchlists) {}
