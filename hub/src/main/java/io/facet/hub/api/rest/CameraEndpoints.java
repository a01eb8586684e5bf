package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.CameraJson;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.cameras.CameraChange;
import io.facet.hub.cameras.CameraService;
import io.facet.hub.cameras.CameraView;
import io.facet.hub.cameras.Funnel;
import io.facet.hub.cameras.NewCamera;
import io.facet.hub.security.Permission;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.model.CameraSource;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Cameras: the brief's three calls, and one camera. */
final class CameraEndpoints {
    private static final String ONE = "/api/v1/cameras/{camera_id}";
    private static final Schema SHAPE = Schema.ref("Camera");
    private static final Schema.Fields SOURCE =
            Schema.object().maybe("url", Plain.TEXT).maybe("device_id", Plain.INTEGER);
    private static final Schema.Fields NEW =
            Schema.object().with("name", Plain.TEXT).and(SOURCE).maybe("agent_id", Plain.TEXT);
    private static final Schema.Fields CHANGE =
            Schema.object().maybe("name", Plain.TEXT).and(SOURCE).and(CameraRulesFields.KEYS);

    private final CameraService cameras;

    CameraEndpoints(CameraService cameras) {
        this.cameras = cameras;
    }

    List<Endpoint> all() {
        Access read = new Access.Needs(Permission.READ_CAMERAS);
        Access manage = new Access.Needs(Permission.MANAGE_CAMERAS);
        Spec list =
                Spec.of("List cameras, in the order they were added")
                        .paged()
                        .gives(Paging.shape("cameras", SHAPE));
        Spec add = Spec.of("Add a camera").takes(NEW).gives(201, SHAPE);
        Spec one = Spec.of("Show a camera").gives(SHAPE).rule(Spec.Rule.TAGGED);
        Spec change =
                Spec.of("Change name, source or settings, which apply without a restart")
                        .takes(CHANGE)
                        .gives(SHAPE)
                        .rule(Spec.Rule.TAGGED);
        Spec funnel =
                Spec.of("Show what became of a camera's frames and faces, as its box last said")
                        .gives(Schema.ref("Funnel"));
        Spec removed =
                Spec.of("Remove a camera; its events stay")
                        .gives(
                                Schema.object()
                                        .with("success", Plain.TRUTH)
                                        .with("camera_id", Plain.ID)
                                        .with("name", Plain.TEXT));
        return List.of(
                Endpoint.get("/api/cameras", read, list, this::list),
                Endpoint.post("/api/cameras", manage, add, this::add),
                Endpoint.delete("/api/cameras/{camera_id}", manage, removed, this::remove),
                Endpoint.get("/api/v1/cameras", read, list, this::list),
                Endpoint.post("/api/v1/cameras", manage, add, this::add),
                Endpoint.get(ONE, read, one, this::get),
                Endpoint.get(ONE + "/funnel", read, funnel, this::funnel),
                Endpoint.patch(ONE, manage, change, this::change),
                Endpoint.delete(ONE, manage, removed, this::remove));
    }

    private Reply list(Call call) {
        return Reply.ok(
                Paging.of(call, 1000, 1000)
                        .cut(
                                "cameras",
                                cameras.list(call.sites()),
                                view -> view.camera().id().toString(),
                                CameraJson::camera));
    }

    private Reply get(Call call) {
        return cameras.get(call.path("camera_id", CameraId::parse), call.sites())
                .map(CameraEndpoints::tagged)
                .orElseThrow(CameraEndpoints::noCamera);
    }

    private Reply funnel(Call call) {
        CameraView view =
                cameras.get(call.path("camera_id", CameraId::parse), call.sites())
                        .orElseThrow(CameraEndpoints::noCamera);
        Funnel counted = view.state().funnel().orElse(Funnel.NOTHING);
        return Reply.ok(CameraJson.funnel(view.camera(), counted));
    }

    private static Reply tagged(CameraView view) {
        return Reply.tagged(CameraJson.camera(view), changeable(view));
    }

    /** How a camera does changes by itself, and must not stand in the way of a change. */
    private static ObjectNode changeable(CameraView view) {
        return CameraJson.camera(view)
                .retain(
                        "name",
                        "url",
                        "device_id",
                        "threshold",
                        "zones",
                        "masks",
                        "min_face_size",
                        "inference_budget",
                        "schedule");
    }

    private Reply change(Call call) throws IOException {
        JsonFields body = call.json();
        Optional<String> url = body.text("url");
        OptionalInt device = body.integer("device_id");
        CameraChange change =
                new CameraChange(
                        body.text("name"),
                        url.isPresent() || device.isPresent()
                                ? Optional.of(source(url, device))
                                : Optional.empty(),
                        CameraRulesFields.change(body));
        CameraView changed =
                cameras.update(
                        call.path("camera_id", CameraId::parse),
                        change,
                        call.sites(),
                        present -> call.ifMatch(changeable(present)));
        return tagged(changed);
    }

    private Reply add(Call call) throws IOException {
        JsonFields body = call.json();
        NewCamera camera =
                new NewCamera(
                        body.requiredText("name"),
                        source(body.text("url"), body.integer("device_id")),
                        body.text("agent_id").map(AgentId::new));
        return Reply.created(CameraJson.camera(cameras.add(camera, call.sites())));
    }

    private static CameraSource source(Optional<String> url, OptionalInt device) {
        if (url.isPresent() == device.isPresent()) {
            throw JsonFields.invalid("a camera has either url or device_id");
        }
        return device.isPresent()
                ? new CameraSource.Device(device.getAsInt())
                : new CameraSource.Stream(address(url.get()));
    }

    private static URI address(String url) {
        try {
            URI address = new URI(url);
            if (address.getScheme() != null && url.length() <= 2000) {
                return address;
            }
        } catch (URISyntaxException _) {
            // Said below; the address may hold a password and is not repeated.
        }
        throw JsonFields.invalid(
                "url must be an address such as rtsp://camera/stream, http://camera/mjpeg or"
                        + " file:///clip.mp4");
    }

    private Reply remove(Call call) {
        CameraId id = call.path("camera_id", CameraId::parse);
        CameraView removed =
                cameras.remove(id, call.sites()).orElseThrow(CameraEndpoints::noCamera);
        ObjectNode json = Json.object();
        json.put("success", true);
        json.put("camera_id", id.toString());
        json.put("name", removed.camera().name());
        return Reply.ok(json);
    }

    private static FacetException noCamera() {
        return new FacetException(ErrorCode.NOT_FOUND, "there is no such camera");
    }
}
