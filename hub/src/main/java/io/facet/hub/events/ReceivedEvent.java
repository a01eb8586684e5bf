package io.facet.hub.events;

import io.facet.model.FaceEvent;

/** An event as it came in; {@code historical} when it waited at the edge for a connection. */
public record ReceivedEvent(FaceEvent event, boolean historical) {}
