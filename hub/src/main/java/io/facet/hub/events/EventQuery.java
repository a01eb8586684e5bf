package io.facet.hub.events;

import io.facet.hub.watchlists.WatchlistId;
import io.facet.model.CameraId;
import io.facet.model.EventId;
import io.facet.model.PersonId;
import io.facet.model.SiteScope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which events, newest first.
 *
 * @param from earliest {@code occurredAt}, inclusive
 * @param to latest {@code occurredAt}, exclusive
 * @param kinds empty means every kind
 * @param after the page after this place
 * @param watchlist only recognitions that matched this list
 * @param offset events to pass over
 * @param limit 1 to 1000
 */
public record EventQuery(
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<CameraId> camera,
        Optional<PersonId> person,
        Set<EventKind> kinds,
        Optional<WatchlistId> watchlist,
        SiteScope sites,
        Optional<Cursor> after,
        long offset,
        int limit) {
    public EventQuery {
        kinds = Set.copyOf(kinds);
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit is 1 to 1000, not " + limit);
        }
        if (offset < 0) {
            throw new IllegalArgumentException("offset is 0 or more");
        }
    }

    /** The same without a watchlist and an offset. */
    public EventQuery(
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<CameraId> camera,
            Optional<PersonId> person,
            Set<EventKind> kinds,
            SiteScope sites,
            Optional<Cursor> after,
            int limit) {
        this(from, to, camera, person, kinds, Optional.empty(), sites, after, 0, limit);
    }

    /** The newest events of these sites. */
    public static EventQuery newest(SiteScope sites, int limit) {
        return new EventQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                sites,
                Optional.empty(),
                limit);
    }

    /** A place between two events. */
    public record Cursor(Instant occurredAt, EventId id) {
        /** The form handed to clients, who treat it as opaque. */
        public String text() {
            return occurredAt + "~" + id;
        }

        /**
         * Reads {@link #text}.
         *
         * @throws IllegalArgumentException when it is none
         */
        public static Cursor parse(String text) {
            int split = text.indexOf('~');
            if (split < 0) {
                throw new IllegalArgumentException("not a cursor of this service");
            }
            try {
                return new Cursor(
                        Instant.parse(text.substring(0, split)),
                        EventId.parse(text.substring(split + 1)));
            } catch (java.time.format.DateTimeParseException notATime) {
                throw new IllegalArgumentException("not a cursor of this service", notATime);
            }
        }
    }
}
