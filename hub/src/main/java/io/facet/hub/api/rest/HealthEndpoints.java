package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.health.Health;
import java.util.List;
import java.util.Optional;

/** Whether the hub works: bare for whoever asks, part by part for those with a credential. */
final class HealthEndpoints {
    private final Health health;

    HealthEndpoints(Health health) {
        this.health = health;
    }

    List<Endpoint> all() {
        Access open = new Access.Open();
        Spec bare =
                Spec.of("Whether the hub works")
                        .gives(Schema.object().with("status", Schema.words("up", "down")));
        Spec parts = Spec.of("Whether each part works").gives(Schema.ref("Health"));
        return List.of(
                Endpoint.get("/health/live", open, bare, _ -> bare(true)),
                // The listener opens when everything behind it has started.
                Endpoint.get("/health/started", open, bare, _ -> bare(true)),
                Endpoint.get("/health/ready", open, bare, _ -> bare(ready())),
                Endpoint.get("/api/v1/health", new Access.SignedIn(), parts, _ -> parts()));
    }

    private boolean ready() {
        return health.check().stream().allMatch(Health.Part::ok);
    }

    private static Reply bare(boolean ok) {
        ObjectNode json = Json.object();
        json.put("status", ok ? "up" : "down");
        return new Reply.Json(ok ? 200 : 503, json, Optional.empty());
    }

    private Reply parts() {
        List<Health.Part> parts = health.check();
        boolean ok = parts.stream().allMatch(Health.Part::ok);
        ObjectNode json = Json.object();
        json.put("status", ok ? "up" : "down");
        json.set("parts", Json.array(parts, HealthEndpoints::part));
        return new Reply.Json(ok ? 200 : 503, json, Optional.empty());
    }

    private static ObjectNode part(Health.Part part) {
        ObjectNode json = Json.object();
        json.put("name", part.name());
        json.put("ok", part.ok());
        json.put("detail", part.detail());
        return json;
    }
}
