package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.json.StoredEventJson;
import io.facet.hub.events.EventKind;
import io.facet.hub.events.EventPage;
import io.facet.hub.events.EventQuery;
import io.facet.hub.events.EventService;
import io.facet.hub.security.Permission;
import io.facet.model.CameraId;
import io.facet.model.EventId;
import io.facet.model.PersonId;
import io.helidon.http.Method;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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
        return List.of(
                new Endpoint(Method.GET, "/api/v1/events", read, this::list),
                new Endpoint(Method.GET, "/api/v1/events/{event_id}", read, this::get),
                new Endpoint(Method.GET, "/api/v1/events/{event_id}/crop.jpg", read, this::crop));
    }

    private Reply list(Call call) {
        EventQuery query =
                new EventQuery(
                        call.query("from").map(text -> time("from", text)),
                        call.query("to").map(text -> time("to", text)),
                        call.query("camera_id").map(CameraId::parse),
                        call.query("person_id").map(PersonId::parse),
                        kinds(call.queryAll("kind")),
                        call.sites(),
                        call.query("cursor").map(EventQuery.Cursor::parse),
                        (int) call.queryNumber("limit", 50, 1, 1000));
        EventPage page = events.page(query);
        ObjectNode json = Json.object();
        json.set("events", Json.array(page.events(), StoredEventJson::event));
        json.put("next_cursor", page.next().map(EventQuery.Cursor::text).orElse(null));
        return Reply.ok(json);
    }

    private static Instant time(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException notATime) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    name + " is a time such as 2026-01-31T12:00:00Z",
                    notATime);
        }
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
