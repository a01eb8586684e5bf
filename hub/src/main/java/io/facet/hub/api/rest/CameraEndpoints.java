package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.CameraJson;
import io.facet.hub.api.json.Json;
import io.facet.hub.cameras.CameraService;
import io.facet.hub.cameras.CameraView;
import io.facet.hub.cameras.NewCamera;
import io.facet.hub.security.Permission;
import io.facet.model.AgentId;
import io.facet.model.CameraId;
import io.facet.model.CameraSource;
import io.helidon.http.Method;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Cameras: the brief's three calls, and one camera. */
final class CameraEndpoints {
    private final CameraService cameras;

    CameraEndpoints(CameraService cameras) {
        this.cameras = cameras;
    }

    List<Endpoint> all() {
        Access read = new Access.Needs(Permission.READ_CAMERAS);
        Access manage = new Access.Needs(Permission.MANAGE_CAMERAS);
        return List.of(
                new Endpoint(Method.GET, "/api/cameras", read, this::list),
                new Endpoint(Method.POST, "/api/cameras", manage, this::add),
                new Endpoint(Method.DELETE, "/api/cameras/{camera_id}", manage, this::remove),
                new Endpoint(Method.GET, "/api/v1/cameras", read, this::list),
                new Endpoint(Method.GET, "/api/v1/cameras/{camera_id}", read, this::get));
    }

    private Reply list(Call call) {
        ObjectNode json = Json.object();
        json.set("cameras", Json.array(cameras.list(call.sites()), CameraJson::camera));
        return Reply.ok(json);
    }

    private Reply get(Call call) {
        return cameras.get(call.path("camera_id", CameraId::parse), call.sites())
                .map(view -> Reply.ok(CameraJson.camera(view)))
                .orElseThrow(CameraEndpoints::noCamera);
    }

    private Reply add(Call call) throws IOException {
        JsonFields body = call.json(Set.of("name", "url", "device_id", "agent_id"));
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
