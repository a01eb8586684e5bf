package io.facet.hub.api.rest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.json.LiveEventJson;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.cameras.CameraService;
import io.facet.hub.events.HubEvent;
import io.facet.hub.events.HubFeed;
import io.facet.hub.people.Face;
import io.facet.hub.people.PeopleService;
import io.facet.hub.security.Permission;
import io.facet.model.CameraId;
import io.facet.model.FaceId;
import io.facet.model.SiteScope;
import io.facet.model.Uuid7;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Events made by hand, for those who connect a program and want to see something come. They are
 * marked {@code simulated}, go to live viewers only, and are never stored as sightings.
 */
final class DispatchEndpoints {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    /** Names that Socket.IO clients or this hub give a meaning of their own. */
    private static final Set<String> RESERVED =
            Set.of(
                    "connect",
                    "connect_error",
                    "disconnect",
                    "disconnecting",
                    "error",
                    "camera_frame",
                    "dropped",
                    "alert_raised",
                    "alert_resolved");

    private final HubFeed feed;
    private final PeopleService people;
    private final CameraService cameras;
    private final InstantSource clock;
    private final Uuid7 ids;

    DispatchEndpoints(
            HubFeed feed, PeopleService people, CameraService cameras, InstantSource clock) {
        this.feed = feed;
        this.people = people;
        this.cameras = cameras;
        this.clock = clock;
        ids = new Uuid7(clock, RandomGenerator.getDefault());
    }

    List<Endpoint> all() {
        Access dispatch = new Access.Needs(Permission.DISPATCH_EVENTS);
        Schema.Fields sent =
                Schema.object().with("success", Plain.TRUTH).with("event", Schema.mapOf(Plain.ANY));
        return List.of(
                Endpoint.get(
                        "/api/test/recognize",
                        dispatch,
                        Spec.of("Simulate a recognition event").gives(sent),
                        this::recognise),
                Endpoint.post(
                        "/api/events/dispatch",
                        dispatch,
                        Spec.of("Dispatch a custom event to live viewers")
                                .takes(
                                        Schema.object()
                                                .with("event_type", Plain.TEXT)
                                                .maybe("data", Schema.mapOf(Plain.ANY)))
                                .gives(sent),
                        this::dispatch));
    }

    /** Of the first face and the first camera there are; of made-up ones where there are none. */
    private Reply recognise(Call call) {
        Optional<Face> face = people.faces(0, 1).faces().stream().findFirst();
        HubEvent.Custom event =
                custom(
                        "face_recognized",
                        Map.of(
                                "face_id",
                                face.map(Face::id)
                                        .orElseGet(() -> new FaceId(ids.next()))
                                        .toString(),
                                "name",
                                face.map(Face::name).orElse("Simulated person"),
                                "confidence",
                                0.99),
                        call.sites());
        feed.publish(event);
        return reply(event);
    }

    private HubEvent.Custom custom(String type, Map<String, Object> data, SiteScope sites) {
        var camera = cameras.list(sites).stream().findFirst();
        Map<String, Object> all = new java.util.LinkedHashMap<>(data);
        all.put(
                "camera_id",
                camera.map(view -> view.camera().id())
                        .orElseGet(() -> new CameraId(ids.next()))
                        .toString());
        all.put("camera_name", camera.map(view -> view.camera().name()).orElse("Simulated camera"));
        all.put("timestamp", Json.time(clock.instant()));
        return new HubEvent.Custom(type, all, clock.instant());
    }

    private Reply dispatch(Call call) throws IOException {
        JsonFields body = call.json();
        String type = body.requiredText("event_type");
        if (!TYPE.matcher(type).matches() || RESERVED.contains(type)) {
            throw JsonFields.invalid(
                    "event_type is a lower-case letter and up to 63 letters, digits or _, and not"
                            + " one of "
                            + String.join(", ", RESERVED.stream().sorted().toList()));
        }
        ObjectNode data = body.object("data").orElseGet(Json::object);
        Map<String, Object> plain = JSON.convertValue(data, new TypeReference<>() {});
        HubEvent.Custom event = new HubEvent.Custom(type, plain, clock.instant());
        feed.publish(event);
        return reply(event);
    }

    private static Reply reply(HubEvent.Custom event) {
        ObjectNode json = Json.object();
        json.put("success", true);
        json.set("event", LiveEventJson.data(event).put("kind", event.type()));
        return Reply.ok(json);
    }
}
