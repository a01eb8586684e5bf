package io.facet.hub.events;

import java.util.List;
import java.util.Optional;

/** Some events, newest first; {@code next} leads to the older ones, where there are any. */
public record EventPage(List<StoredEvent> events, Optional<EventQuery.Cursor> next) {
    public EventPage {
        events = List.copyOf(events);
    }
}
