package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.api.json.Json;
import io.facet.hub.health.Health;
import io.helidon.http.Method;
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
        return List.of(
                new Endpoint(Method.GET, "/health/live", open, _ -> bare(true)),
                // The listener opens when everything behind it has started.
                new Endpoint(Method.GET, "/health/started", open, _ -> bare(true)),
                new Endpoint(Method.GET, "/health/ready", open, _ -> bare(ready())),
                new Endpoint(Method.GET, "/api/v1/health", new Access.SignedIn(), _ -> parts()));
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
