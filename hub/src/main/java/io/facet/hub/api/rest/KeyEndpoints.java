package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.security.ApiKeys;
import io.facet.hub.security.Permission;
import io.helidon.http.Method;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** API keys of people and programs. */
final class KeyEndpoints {
    private final ApiKeys keys;

    KeyEndpoints(ApiKeys keys) {
        this.keys = keys;
    }

    List<Endpoint> all() {
        Access manage = new Access.Needs(Permission.MANAGE_KEYS);
        return List.of(
                new Endpoint(Method.GET, "/api/v1/keys", manage, this::list),
                new Endpoint(Method.POST, "/api/v1/keys", manage, this::issue),
                new Endpoint(Method.DELETE, "/api/v1/keys/{prefix}", manage, this::revoke));
    }

    private Reply list(Call call) {
        ObjectNode json = Json.object();
        json.set("keys", Json.array(keys.list(), KeyEndpoints::describe));
        return Reply.ok(json);
    }

    /** The new key reaches at most as far as whoever asks for it. */
    private Reply issue(Call call) throws IOException {
        JsonFields body = call.json(Set.of("name", "role", "sites", "expires_at"));
        String name = body.requiredText("name");
        if (name.isBlank() || name.length() > 200) {
            throw JsonFields.invalid("a key's name has 1 to 200 characters");
        }
        ApiKeys.Issued issued =
                keys.issue(
                        new ApiKeys.Wish(
                                name,
                                Grants.role(body.requiredText("role")),
                                Grants.sites(body.list("sites"), call.sites()),
                                body.instant("expires_at")));
        ObjectNode json = describe(issued.description());
        json.put("key", issued.key().reveal());
        return Reply.created(json);
    }

    private static ObjectNode describe(ApiKeys.ApiKey key) {
        ObjectNode json = Json.object();
        json.put("prefix", key.prefix());
        json.put("name", key.name());
        json.put("role", key.role().wireName());
        Grants.describe(json, key.sites());
        json.put("created_at", Json.time(key.createdAt()));
        key.expiresAt().ifPresent(at -> json.put("expires_at", Json.time(at)));
        key.lastUsedAt().ifPresent(at -> json.put("last_used_at", Json.time(at)));
        key.revokedAt().ifPresent(at -> json.put("revoked_at", Json.time(at)));
        return json;
    }

    private Reply revoke(Call call) {
        if (!keys.revoke(call.path("prefix", prefix -> prefix))) {
            throw new FacetException(ErrorCode.NOT_FOUND, "there is no such key");
        }
        ObjectNode json = Json.object();
        json.put("success", true);
        return Reply.ok(json);
    }
}
