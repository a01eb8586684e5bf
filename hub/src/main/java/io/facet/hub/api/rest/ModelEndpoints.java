package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.models.ModelService;
import io.facet.hub.models.Progress;
import io.facet.hub.security.Permission;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The model in use and the next one. */
final class ModelEndpoints {
    private final ModelService models;

    ModelEndpoints(ModelService models) {
        this.models = models;
    }

    List<Endpoint> all() {
        Access manage = new Access.Needs(Permission.MANAGE_SETTINGS);
        Spec show =
                Spec.of("Show the model in use, the one being prepared, and how far faces are")
                        .gives(Schema.ref("Models"));
        Spec prepare =
                Spec.of(
                                "Give every face a template of another model pack, in the background;"
                                        + " a hub started with it then knows everybody at once")
                        .takes(Schema.object().with("pack", Plain.TEXT))
                        .gives(202, Schema.ref("Models"));
        return List.of(
                Endpoint.get("/api/v1/models", manage, show, _ -> Reply.ok(models())),
                Endpoint.post("/api/v1/models/prepare", manage, prepare, this::prepare));
    }

    private ObjectNode models() {
        ObjectNode json = Json.object();
        json.set("present", json(models.present()));
        json.set("prepared", models.prepared().map(ModelEndpoints::json).orElse(null));
        return json;
    }

    private Reply prepare(Call call) throws IOException {
        var _ = models.prepare(call.json().requiredText("pack"));
        return new Reply.Json(202, models(), Optional.empty());
    }

    private static ObjectNode json(Progress progress) {
        ObjectNode json = Json.object();
        json.put("pack", progress.pack());
        json.put("space_id", progress.space().id());
        json.put("state", progress.state().name().toLowerCase(Locale.ROOT));
        json.put("total", progress.total());
        json.put("done", progress.done());
        json.put("failed", progress.failed());
        return json;
    }
}
