package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.security.ApiKeys;
import io.facet.hub.security.Permission;
import java.io.IOException;
import java.util.List;

/** API keys of people and programs. */
final class KeyEndpoints {
    private static final Schema SHAPE = Schema.ref("ApiKey");

    private final ApiKeys keys;

    KeyEndpoints(ApiKeys keys) {
        this.keys = keys;
    }

    List<Endpoint> all() {
        Access manage = new Access.Needs(Permission.MANAGE_KEYS);
        Spec list =
                Spec.of("List API keys, oldest first").paged().gives(Paging.shape("keys", SHAPE));
        Spec issue =
                Spec.of("Make an API key; its text is shown this once")
                        .takes(
                                Schema.object()
                                        .with("name", Plain.TEXT)
                                        .with("role", Grants.ROLES)
                                        .maybe("sites", Schema.list(Plain.TEXT))
                                        .maybe("expires_at", Plain.TIME))
                        .gives(201, Schema.ref("NewApiKey"))
                        .rule(Spec.Rule.SECRET);
        Spec revoke = Spec.of("Revoke an API key").givesSuccess();
        return List.of(
                Endpoint.get("/api/v1/keys", manage, list, this::list),
                Endpoint.post("/api/v1/keys", manage, issue, this::issue),
                Endpoint.delete("/api/v1/keys/{prefix}", manage, revoke, this::revoke));
    }

    private Reply list(Call call) {
        return Reply.ok(
                Paging.of(call, 1000, 1000)
                        .cut(
                                "keys",
                                keys.list(),
                                key -> Json.time(key.createdAt()) + key.prefix(),
                                KeyEndpoints::describe));
    }

    /** The new key reaches at most as far as whoever asks for it. */
    private Reply issue(Call call) throws IOException {
        JsonFields body = call.json();
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
