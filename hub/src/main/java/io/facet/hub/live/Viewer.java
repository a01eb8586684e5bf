package io.facet.hub.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.cameras.CameraService;
import io.facet.hub.events.HubEvent;
import io.facet.hub.live.socketio.Outgoing;
import io.facet.hub.live.socketio.Socket;
import io.facet.hub.security.Permission;
import io.facet.hub.security.Principal;
import io.facet.model.CameraId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** One signed-in viewer and what they want to see. Thread-safe. */
final class Viewer {
    private static final int MAX_WATCHED = 16;
    private static final int MAX_NAMES = 64;

    private final Socket socket;
    private final Supplier<Optional<Principal>> who;
    private final CameraService cameras;
    private final CameraWatches watches;
    private final Set<CameraId> watching = ConcurrentHashMap.newKeySet();
    private volatile Principal principal;
    private volatile Subscription subscription = Subscription.ALL;

    Viewer(
            Socket socket,
            Supplier<Optional<Principal>> who,
            Principal principal,
            CameraService cameras,
            CameraWatches watches) {
        this.socket = socket;
        this.who = who;
        this.principal = principal;
        this.cameras = cameras;
        this.watches = watches;
    }

    void listen() {
        socket.on("subscribe", (args, ack) -> Errors.answering(ack, () -> subscribe(args)));
        socket.on("unsubscribe", (args, ack) -> Errors.answering(ack, () -> unsubscribe(args)));
        socket.on("watch_camera", (args, ack) -> Errors.answering(ack, () -> watch(args)));
        socket.on("unwatch_camera", (args, ack) -> Errors.answering(ack, () -> unwatch(args)));
    }

    /** Sends an event when this viewer may see it and wants to. */
    void offer(HubEvent event, ObjectNode data, Outgoing outgoing) {
        boolean allowed =
                principal.may(needed(event))
                        && event.site().map(site -> principal.sites().permits(site)).orElse(true);
        if (allowed && subscription.wants(event.type(), data)) {
            socket.send(outgoing);
        }
    }

    private static Permission needed(HubEvent event) {
        return event instanceof HubEvent.AlertRaised || event instanceof HubEvent.AlertResolved
                ? Permission.READ_ALERTS
                : Permission.READ_EVENTS;
    }

    /** Asks again who this is; somebody whose key or session ended has to leave. */
    void recheck() {
        Optional<Principal> now = who.get().filter(p -> p.may(Permission.READ_EVENTS));
        if (now.isPresent()) {
            principal = now.get();
        } else {
            socket.disconnect();
        }
    }

    void left() {
        watching.forEach(camera -> watches.unwatch(camera, socket));
        watching.clear();
    }

    private ObjectNode subscribe(List<JsonNode> arguments) {
        JsonNode wish = first(arguments);
        subscription = subscription.with(names(wish), id(wish, "camera_id"), id(wish, "person_id"));
        return described();
    }

    private ObjectNode unsubscribe(List<JsonNode> arguments) {
        subscription = subscription.without(names(first(arguments)));
        return described();
    }

    private ObjectNode described() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        subscription
                .wanted()
                .ifPresent(names -> {
                    json.putArray("events");
                    names.stream().sorted().forEach(json.withArray("events")::add);
                });
        return json;
    }

    private ObjectNode watch(List<JsonNode> arguments) {
        CameraId camera = camera(arguments);
        if (!principal.may(Permission.READ_CAMERAS)
                || cameras.get(camera, principal.sites()).isEmpty()) {
            throw new FacetException(ErrorCode.NOT_FOUND, "there is no such camera");
        }
        if (watching.size() >= MAX_WATCHED && !watching.contains(camera)) {
            throw new FacetException(
                    ErrorCode.RATE_LIMITED,
                    "a viewer watches at most " + MAX_WATCHED + " cameras; unwatch one first");
        }
        watches.watch(camera, socket);
        watching.add(camera);
        return ok();
    }

    private ObjectNode unwatch(List<JsonNode> arguments) {
        CameraId camera = camera(arguments);
        if (watching.remove(camera)) {
            watches.unwatch(camera, socket);
        }
        return ok();
    }

    private static ObjectNode ok() {
        return JsonNodeFactory.instance.objectNode().put("ok", true);
    }

    private static CameraId camera(List<JsonNode> arguments) {
        return CameraId.parse(
                id(first(arguments), "camera_id")
                        .orElseThrow(() -> invalid("\"camera_id\" is missing")));
    }

    private static JsonNode first(List<JsonNode> arguments) {
        if (arguments.isEmpty() || !arguments.getFirst().isObject()) {
            throw invalid("send an object, such as {events: [...]}");
        }
        return arguments.getFirst();
    }

    private static Optional<String> id(JsonNode wish, String key) {
        return Optional.of(wish.path(key))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> text.length() <= 64);
    }

    private static Set<String> names(JsonNode wish) {
        JsonNode events = wish.path("events");
        if (!events.isArray() || events.size() > MAX_NAMES) {
            throw invalid("\"events\" is a list of at most " + MAX_NAMES + " event names");
        }
        Set<String> names = new HashSet<>();
        for (JsonNode name : events) {
            if (!name.isTextual() || name.textValue().length() > 64) {
                throw invalid("an event's name is text of at most 64 characters");
            }
            names.add(name.textValue());
        }
        return names;
    }

    private static FacetException invalid(String detail) {
        return new FacetException(ErrorCode.INVALID_ARGUMENT, detail);
    }
}
