package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.security.MasterKeyRotation;
import io.facet.hub.security.Permission;
import java.util.List;

/** What keeps the data safe, for administrators. */
final class SecurityEndpoints {
    private final MasterKeyRotation rotation;

    SecurityEndpoints(MasterKeyRotation rotation) {
        this.rotation = rotation;
    }

    List<Endpoint> all() {
        Spec rotate =
                Spec.of("Wrap every data key with the newest master key")
                        .gives(Schema.object().with("rewrapped", Plain.INTEGER));
        return List.of(
                Endpoint.post(
                        "/api/v1/security/master-key/rotate",
                        new Access.Needs(Permission.MANAGE_SECURITY),
                        rotate,
                        this::rotate));
    }

    private Reply rotate(Call call) {
        ObjectNode json = Json.object();
        json.put("rewrapped", rotation.rotate());
        return Reply.ok(json);
    }
}
