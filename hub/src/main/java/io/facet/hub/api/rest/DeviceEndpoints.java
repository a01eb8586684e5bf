package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.CameraJson;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.broker.BrokerAddresses;
import io.facet.hub.devices.Device;
import io.facet.hub.devices.DeviceGroups;
import io.facet.hub.devices.DeviceKey;
import io.facet.hub.devices.DeviceService;
import io.facet.hub.joining.JoiningService;
import io.facet.hub.security.Permission;
import io.facet.hub.sync.GallerySync;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.wire.GalleryRequest;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Edge boxes: their registration, and what they themselves ask for. */
final class DeviceEndpoints {
    private static final String ONE = "/api/v1/devices/{agent_id}";

    private final DeviceService devices;
    private final GallerySync sync;
    private final JoiningService joining;
    private final BrokerAddresses mqtt;

    DeviceEndpoints(
            DeviceService devices, GallerySync sync, JoiningService joining, BrokerAddresses mqtt) {
        this.devices = devices;
        this.joining = joining;
        this.sync = sync;
        this.mqtt = mqtt;
    }

    List<Endpoint> all() {
        Access manage = new Access.Needs(Permission.MANAGE_DEVICES);
        Access box = new Access.Needs(Permission.SYNC_GALLERY);
        Spec register =
                Spec.of("Register an edge box; its key is shown this once")
                        .takes(
                                Schema.object()
                                        .with("agent_id", Plain.TEXT)
                                        .maybe("site_id", Plain.TEXT))
                        .gives(
                                201,
                                Schema.object()
                                        .with("agent_id", Plain.TEXT)
                                        .with("site_id", Plain.TEXT)
                                        .with("device_key", Plain.TEXT))
                        .rule(Spec.Rule.SECRET);
        Spec list =
                Spec.of("List edge boxes")
                        .paged()
                        .gives(Paging.shape("devices", Schema.ref("Device")));
        Spec self =
                Spec.of("Who this edge box is")
                        .gives(
                                Schema.object()
                                        .with("agent_id", Plain.TEXT)
                                        .with("site_id", Plain.TEXT)
                                        .with("mqtt", Schema.object().with("url", Plain.TEXT))
                                        .with("gallery_key", Plain.TEXT)
                                        .maybe(
                                                "certificate",
                                                Schema.object()
                                                        .with("expires_at", Plain.TIME)
                                                        .with("renew", Plain.TRUTH)));
        Spec gallery =
                Spec.of("Gallery changes for an edge box")
                        .query("since", Plain.INTEGER, "the last revision the box has")
                        .query("space", Plain.TEXT, "the box's embedding space")
                        .query("cursor", Plain.TEXT, "of the page before")
                        .query(
                                "nonce",
                                Plain.TEXT,
                                "signed with the answer, see the header Facet-Signature")
                        .givesBytes("application/x-protobuf");
        return List.of(
                Endpoint.post("/api/v1/devices", manage, register, this::register),
                Endpoint.get("/api/v1/devices", manage, list, this::list),
                Endpoint.get("/api/v1/devices/self", box, self, this::self),
                Endpoint.get(
                        ONE,
                        manage,
                        Spec.of("Show an edge box").gives(Schema.ref("Device")),
                        this::get),
                Endpoint.patch(
                        ONE,
                        manage,
                        Spec.of("Put an edge box into these groups and no other")
                                .takes(Schema.object().with("groups", Schema.list(Plain.TEXT)))
                                .gives(Schema.ref("Device")),
                        this::change),
                Endpoint.delete(
                        ONE, manage, Spec.of("Remove an edge box").givesNothing(), this::remove),
                Endpoint.get("/api/v1/sync/gallery", box, gallery, this::gallery));
    }

    private Reply register(Call call) throws IOException {
        JsonFields body = call.json();
        SiteId site = body.text("site_id").map(SiteId::new).orElse(SiteId.DEFAULT);
        if (!call.sites().permits(site)) {
            throw new FacetException(
                    ErrorCode.PERMISSION_DENIED, "this key may not register boxes at that site");
        }
        AgentId agent = new AgentId(body.requiredText("agent_id"));
        if (devices.get(agent, SiteScope.ALL).isPresent()
                && devices.get(agent, call.sites()).isEmpty()) {
            throw new FacetException(
                    ErrorCode.ALREADY_EXISTS, "there is a box of that name at another site");
        }
        DeviceKey key = devices.register(agent, site);
        ObjectNode json = Json.object();
        json.put("agent_id", key.agent().toString());
        json.put("site_id", site.toString());
        json.put("device_key", key.key().reveal());
        return Reply.created(json);
    }

    private Reply list(Call call) {
        return Reply.ok(
                Paging.of(call, 1000, 1000)
                        .cut(
                                "devices",
                                devices.list(call.sites()),
                                device -> device.agent().toString(),
                                CameraJson::device));
    }

    private Reply get(Call call) {
        return devices.get(call.path("agent_id", AgentId::new), call.sites())
                .map(device -> Reply.ok(CameraJson.device(device)))
                .orElseThrow(() -> new FacetException(ErrorCode.NOT_FOUND, "there is no such box"));
    }

    private Reply change(Call call) throws IOException {
        List<String> labels =
                call.json().list("groups").orElseThrow(() -> JsonFields.missing("groups"));
        Device device =
                devices.group(
                        call.path("agent_id", AgentId::new),
                        new DeviceGroups(new HashSet<>(labels)),
                        call.sites());
        return Reply.ok(CameraJson.device(device));
    }

    private Reply remove(Call call) {
        AgentId agent = call.path("agent_id", AgentId::new);
        if (!devices.remove(agent, call.sites())) {
            throw new FacetException(ErrorCode.NOT_FOUND, "there is no such box");
        }
        return new Reply.Nothing(Optional.empty());
    }

    private Reply self(Call call) {
        Device device =
                devices.get(new AgentId(call.principal().id()), SiteScope.ALL)
                        .orElseThrow(() ->
                                new FacetException(ErrorCode.NOT_FOUND, "this box was removed"));
        ObjectNode json = Json.object();
        json.put("agent_id", device.agent().toString());
        json.put("site_id", device.site().toString());
        json.putObject("mqtt").put("url", brokerFor(call).toString());
        json.put("gallery_key", Base64.getEncoder().encodeToString(sync.signedBy().bytes()));
        Credentials.certificate(call.request()).ifPresent(shown -> certificate(json, shown));
        return Reply.ok(json);
    }

    /** By the hub's clock, for that of a box may be anywhere. */
    private void certificate(ObjectNode json, X509Certificate shown) {
        ObjectNode certificate = json.putObject("certificate");
        certificate.put("expires_at", Json.time(shown.getNotAfter().toInstant()));
        certificate.put("renew", joining.isDue(shown));
    }

    /** A broker on every address is where the box found the hub. */
    private URI brokerFor(Call call) {
        URI broker =
                Credentials.certificate(call.request()).isPresent()
                        ? mqtt.forCertificates()
                        : mqtt.forKeys();
        if (!"0.0.0.0".equals(broker.getHost())) {
            return broker;
        }
        String host = URI.create("http://" + call.request().authority()).getHost();
        return URI.create(broker.getScheme() + "://" + host + ":" + broker.getPort());
    }

    private Reply gallery(Call call) {
        String space = call.query("space").orElseThrow(() -> JsonFields.missing("space"));
        GallerySync.Signed answer = sync.signed(request(call, space));
        return new Reply.Bytes(
                "application/x-protobuf",
                answer.body(),
                0,
                Map.of(GalleryRequest.SIGNATURE_HEADER, answer.signature()));
    }

    private static GalleryRequest request(Call call, String space) {
        try {
            return new GalleryRequest(
                    new AgentId(call.principal().id()),
                    call.queryNumber("since", 0, 0, Long.MAX_VALUE),
                    space,
                    call.query("cursor"),
                    call.query("nonce").orElse(""));
        } catch (IllegalArgumentException malformed) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the request for the gallery is malformed: " + malformed.getMessage(),
                    malformed);
        }
    }
}
