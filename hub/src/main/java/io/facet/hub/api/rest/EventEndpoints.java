package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.json.StoredEventJson;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.events.EventKind;
import io.facet.hub.events.EventPage;
import io.facet.hub.events.EventQuery;
import io.facet.hub.events.EventService;
import io.facet.hub.security.Permission;
import io.facet.hub.watchlists.WatchlistId;
import io.facet.model.CameraId;
import io.facet.model.EventId;
import io.facet.model.PersonId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the edge saw: pages of events, and the crops. */
final class EventEndpoints {
    private final EventService events;

    EventEndpoints(EventService events) {
        this.events = events;
    }

    List<Endpoint> all() {
        Access read = new Access.Needs(Permission.READ_EVENTS);
        Spec list =
                Spec.of("List events, newest first")
                        .query("from", Plain.TIME, "earliest time, inclusive")
                        .query("to", Plain.TIME, "latest time, exclusive")
                        .query("camera_id", Plain.ID, "only of this camera")
                        .query("person_id", Plain.ID, "only of this person")
                        .query("watchlist_id", Plain.ID, "only what matched this watchlist")
                        .queries("kind", Plain.TEXT, "only of these kinds")
                        .query("offset", Plain.INTEGER, "events to pass over; not with cursor")
                        .query("limit", Plain.INTEGER, "most events")
                        .query("cursor", Plain.TEXT, "next_cursor of the page before")
                        .gives(
                                Schema.object()
                                        .with("events", Schema.list(Schema.ref("Event")))
                                        .with("next_cursor", Plain.TEXT.orNull()));
        Spec one = Spec.of("Show an event").gives(Schema.ref("Event"));
        Spec crop = Spec.of("The face as it was seen").givesBytes("image/jpeg");
        return List.of(
                Endpoint.get("/api/v1/events", read, list, this::list),
                Endpoint.get("/api/v1/events/{event_id}", read, one, this::get),
                Endpoint.get("/api/v1/events/{event_id}/crop.jpg", read, crop, this::crop));
    }

    private Reply list(Call call) {
        if (call.query("cursor").isPresent() && call.query("offset").isPresent()) {
            throw JsonFields.invalid("a page has either cursor or offset");
        }
        EventQuery query =
                new EventQuery(
                        call.queryTime("from"),
                        call.queryTime("to"),
                        call.query("camera_id").map(CameraId::parse),
                        call.query("person_id").map(PersonId::parse),
                        kinds(call.queryAll("kind")),
                        call.query("watchlist_id").map(WatchlistId::parse),
                        call.sites(),
                        call.query("cursor").map(EventQuery.Cursor::parse),
                        call.queryNumber("offset", 0, 0, Long.MAX_VALUE),
                        (int) call.queryNumber("limit", 50, 1, 1000));
        EventPage page = events.page(query);
        ObjectNode json = Json.object();
        json.set("events", Json.array(page.events(), StoredEventJson::event));
        json.put("next_cursor", page.next().map(EventQuery.Cursor::text).orElse(null));
        return Reply.ok(json);
    }

    private static Set<EventKind> kinds(List<String> names) {
        return names.stream().map(EventEndpoints::kind).collect(Collectors.toSet());
    }

    private static EventKind kind(String name) {
        Optional<EventKind> kind =
                Arrays.stream(EventKind.values())
                        .filter(k -> k.wireName().equals(name.trim()))
                        .findFirst();
        return kind.orElseThrow(() ->
                JsonFields.invalid(
                        "kind is one or more of "
                                + Arrays.stream(EventKind.values())
                                        .map(EventKind::wireName)
                                        .collect(Collectors.joining(", "))));
    }

    private Reply get(Call call) {
        return events.find(call.path("event_id", EventId::parse), call.sites())
                .map(event -> Reply.ok(StoredEventJson.event(event)))
                .orElseThrow(() -> new FacetException(ErrorCode.NOT_FOUND, "no such event"));
    }

    private Reply crop(Call call) {
        return events.crop(call.path("event_id", EventId::parse), call.sites())
                .map(jpeg -> (Reply) new Reply.Bytes("image/jpeg", jpeg.bytes(), 300))
                .orElseThrow(
                        () -> new FacetException(ErrorCode.NOT_FOUND, "this event has no picture"));
    }
}
