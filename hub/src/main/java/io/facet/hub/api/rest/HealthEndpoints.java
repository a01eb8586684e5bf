package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.api.json.Json;
import io.facet.hub.health.Health;
import io.helidon.http.Method;
import java.util.List;
import java.util.Optional;

/** Whether the hub works: bare for whoever asks, part by part for those with a credential. */
final class HealthEndpoints {
    /** The part without which no credential can be looked up. */
    private static final String STORE = "database";

    private final Health health;
    private final KnownCallers callers;

    HealthEndpoints(Health health, KnownCallers callers) {
        this.health = health;
        this.callers = callers;
    }

    List<Endpoint> all() {
        Access open = new Access.Open();
        return List.of(
                new Endpoint(Method.GET, "/health/live", open, _ -> bare(true)),
                // The listener opens when everything behind it has started.
                new Endpoint(Method.GET, "/health/started", open, this::started),
                new Endpoint(Method.GET, "/health/ready", open, this::ready),
                new Endpoint(
                        Method.GET,
                        "/api/v1/health",
                        new Access.SignedIn(),
                        _ -> detailed(health.check())));
    }

    private Reply started(Call call) {
        return callers.mayKnow(call.request(), true) ? detailed(health.check()) : bare(true);
    }

    private Reply ready(Call call) {
        List<Health.Part> parts = health.check();
        boolean storeAnswers = parts.stream().anyMatch(p -> p.name().equals(STORE) && p.ok());
        return callers.mayKnow(call.request(), storeAnswers)
                ? detailed(parts)
                : bare(parts.stream().allMatch(Health.Part::ok));
    }

    private static Reply bare(boolean ok) {
        ObjectNode json = Json.object();
        json.put("status", ok ? "up" : "down");
        return new Reply.Json(ok ? 200 : 503, json, Optional.empty());
    }

    private static Reply detailed(List<Health.Part> parts) {
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
