package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.devices.Device;
import io.facet.hub.devices.DeviceReport;
import io.facet.hub.devices.DeviceService;
import io.facet.hub.people.Erasure;
import io.facet.hub.people.ErasureStore;
import io.facet.hub.security.Permission;
import io.facet.model.PersonId;
import java.util.List;

/** Whether a person is erased everywhere: the hub's word, and each edge box's. */
final class ErasureEndpoints {
    private final ErasureStore erasures;
    private final DeviceService devices;

    ErasureEndpoints(ErasureStore erasures, DeviceService devices) {
        this.erasures = erasures;
        this.devices = devices;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.get(
                        "/api/v1/people/{person_id}/erasure",
                        new Access.Needs(Permission.MANAGE_PEOPLE),
                        Spec.of("Which edge boxes have erased a person")
                                .gives(Schema.ref("Erasure")),
                        this::get));
    }

    private Reply get(Call call) {
        PersonId person = call.path("person_id", PersonId::parse);
        Erasure erasure =
                erasures.of(person)
                        .orElseThrow(() ->
                                new FacetException(
                                        ErrorCode.NOT_FOUND, "no erasure of this person is known"));
        ObjectNode json = Json.object();
        json.put("person_id", person.toString());
        json.put("erased_at", Json.time(erasure.at()));
        json.put("revision", erasure.revision());
        json.set(
                "devices",
                Json.array(devices.list(call.sites()), device -> receipt(device, erasure)));
        return Reply.ok(json);
    }

    private static ObjectNode receipt(Device device, Erasure erasure) {
        ObjectNode json = Json.object();
        json.put("agent_id", device.agent().toString());
        json.put("online", device.online());
        json.put(
                "erased",
                device.report()
                        .filter(report -> report.galleryRevision() >= erasure.revision())
                        .isPresent());
        device.report()
                .map(DeviceReport::galleryRevision)
                .ifPresent(revision -> json.put("gallery_revision", revision));
        return json;
    }
}
