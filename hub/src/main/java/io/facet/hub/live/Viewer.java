package io.facet.hub.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.audit.AuditEntry;
import io.facet.hub.audit.AuditSubjects;
import io.facet.hub.cameras.CameraService;
import io.facet.hub.events.HubEvent;
import io.facet.hub.live.socketio.Outgoing;
import io.facet.hub.live.socketio.Socket;
import io.facet.hub.security.Authenticator.Bearer;
import io.facet.hub.security.Permission;
import io.facet.hub.security.Principal;
import io.facet.hub.services.Auditor;
import io.facet.hub.services.EventPermissions;
import io.facet.model.CameraId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** One signed-in viewer and what they want to see. Thread-safe. */
final class Viewer {
    private static final int MAX_WATCHED = 16;
    private static final int MAX_NAMES = 64;
    private static final int MAX_IDS = 32;
    private static final int MAX_NAME = 64;

    private final Socket socket;
    private final Supplier<Optional<Principal>> who;
    private final CameraService cameras;
    private final CameraWatches watches;
    private final Auditor auditor;
    private final Set<CameraId> watching = ConcurrentHashMap.newKeySet();
    private volatile Principal principal;
    private volatile Subscription subscription = Subscription.ALL;

    Viewer(
            Socket socket,
            Bearer bearer,
            CameraService cameras,
            CameraWatches watches,
            Auditor auditor) {
        this.socket = socket;
        this.who = bearer.still();
        this.principal = bearer.principal();
        this.cameras = cameras;
        this.watches = watches;
        this.auditor = auditor;
    }

    void listen() {
        subscription.rooms().forEach(socket::join);
        socket.on("subscribe", (args, ack) -> Errors.answering(ack, () -> subscribe(args)));
        socket.on("unsubscribe", (args, ack) -> Errors.answering(ack, () -> unsubscribe(args)));
        socket.on("watch_camera", (args, ack) -> Errors.answering(ack, () -> watch(args)));
        socket.on("unwatch_camera", (args, ack) -> Errors.answering(ack, () -> unwatch(args)));
    }

    /** Sends an event when this viewer may see it and wants to. */
    void offer(HubEvent event, ObjectNode data, Outgoing outgoing) {
        if (EventPermissions.permits(principal, event) && subscription.wants(event.type(), data)) {
            socket.send(outgoing);
        }
    }

    /** Who it is, as an id for counting. */
    String principalId() {
        return principal.id();
    }

    /** Asks again who this is; somebody whose key or session ended has to leave. */
    void recheck() {
        Optional<Principal> now = who.get().filter(p -> p.may(Permission.READ_EVENTS));
        if (now.isPresent()) {
            principal = now.get();
        } else {
            ObjectNode reason = JsonNodeFactory.instance.objectNode();
            reason.put("reason", "signed_out");
            reason.put("detail", "the key or session of this connection ended; sign in again");
            socket.emit("dropped", reason);
            socket.disconnect();
        }
    }

    void left() {
        watching.forEach(camera -> watches.unwatch(camera, socket));
        watching.clear();
    }

    private ObjectNode subscribe(List<JsonNode> arguments) {
        JsonNode wish = first(arguments);
        Set<String> names = names(wish);
        Subscription.Filter filter =
                new Subscription.Filter(
                        ids(wish, "camera_id"), ids(wish, "person_id"), ids(wish, "watchlist_id"));
        AuditSubjects about = new AuditSubjects();
        filter.cameras().forEach(about::add);
        filter.persons().forEach(about::add);
        auditor.note(principal, "socket.io subscribe", about.ids(), AuditEntry.READ);
        return change(now -> now.with(names, filter));
    }

    private ObjectNode unsubscribe(List<JsonNode> arguments) {
        Set<String> names = names(first(arguments));
        return change(now -> now.without(names));
    }

    /** Events of this viewer come one at a time, so nobody else changes the subscription. */
    private ObjectNode change(UnaryOperator<Subscription> how) {
        Subscription next = how.apply(subscription);
        Set<String> rooms = next.rooms();
        // In the new rooms before out of the old, so that nothing wanted by both is missed.
        rooms.forEach(socket::join);
        subscription = next;
        socket.rooms().stream().filter(room -> !rooms.contains(room)).forEach(socket::leave);
        return described();
    }

    private ObjectNode described() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        subscription.wanted().ifPresent(names -> list(json, "events", names));
        list(json, "camera_id", subscription.only().cameras());
        list(json, "person_id", subscription.only().persons());
        list(json, "watchlist_id", subscription.only().watchlists());
        return json;
    }

    /** Filters nobody set are left out; an empty list of events is told. */
    private static void list(ObjectNode json, String key, Set<String> values) {
        if (!values.isEmpty() || key.equals("events")) {
            ArrayNode array = json.putArray(key);
            values.stream().sorted().forEach(array::add);
        }
    }

    private ObjectNode watch(List<JsonNode> arguments) {
        CameraId camera = camera(arguments);
        try {
            checkMayWatch(camera);
        } catch (FacetException refusal) {
            noteWatch(camera, refusal.code().wireName());
            throw refusal;
        }
        noteWatch(camera, AuditEntry.READ);
        watches.watch(camera, socket);
        watching.add(camera);
        return ok();
    }

    private void checkMayWatch(CameraId camera) {
        if (!principal.may(Permission.READ_CAMERAS)
                || cameras.get(camera, principal.sites()).isEmpty()) {
            throw new FacetException(ErrorCode.NOT_FOUND, "there is no such camera");
        }
        if (watching.size() >= MAX_WATCHED && !watching.contains(camera)) {
            throw new FacetException(
                    ErrorCode.RATE_LIMITED,
                    "a viewer watches at most " + MAX_WATCHED + " cameras; unwatch one first");
        }
    }

    private void noteWatch(CameraId camera, String outcome) {
        auditor.note(
                principal, "socket.io watch_camera", List.of(camera.value().toString()), outcome);
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
        JsonNode id = first(arguments).path("camera_id");
        if (!id.isTextual() || id.textValue().length() > MAX_NAME) {
            throw invalid("\"camera_id\" is missing");
        }
        return CameraId.parse(id.textValue());
    }

    private static JsonNode first(List<JsonNode> arguments) {
        if (arguments.isEmpty() || !arguments.getFirst().isObject()) {
            throw invalid("send an object, such as {events: [...]}");
        }
        return arguments.getFirst();
    }

    /** One id, or a list of some. */
    private static Set<String> ids(JsonNode wish, String key) {
        JsonNode value = wish.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Set.of();
        }
        JsonNode list = value.isArray() ? value : JsonNodeFactory.instance.arrayNode().add(value);
        return texts(list, MAX_IDS, "\"" + key + "\" is an id or a list of at most " + MAX_IDS);
    }

    private static Set<String> names(JsonNode wish) {
        JsonNode events = wish.path("events");
        String expected = "\"events\" is a list of at most " + MAX_NAMES + " event names";
        if (!events.isArray()) {
            throw invalid(expected);
        }
        return texts(events, MAX_NAMES, expected);
    }

    private static Set<String> texts(JsonNode list, int most, String expected) {
        Set<String> texts = new HashSet<>();
        for (JsonNode each : list) {
            boolean fits = each.isTextual() && each.textValue().length() <= MAX_NAME;
            if (!fits || list.size() > most) {
                throw invalid(expected + ", each a text of at most " + MAX_NAME + " characters");
            }
            texts.add(each.textValue());
        }
        return texts;
    }

    private static FacetException invalid(String detail) {
        return new FacetException(ErrorCode.INVALID_ARGUMENT, detail);
    }
}
