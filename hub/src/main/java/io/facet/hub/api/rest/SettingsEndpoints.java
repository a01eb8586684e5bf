package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.config.ConfigLayers;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.security.Permission;
import io.facet.hub.settings.SettingChange;
import io.facet.hub.settings.SettingsService;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The configuration in force, and what of it changes while the hub runs. */
final class SettingsEndpoints {
    private final SettingsService settings;

    SettingsEndpoints(SettingsService settings) {
        this.settings = settings;
    }

    List<Endpoint> all() {
        Access manage = new Access.Needs(Permission.MANAGE_SETTINGS);
        Spec get =
                Spec.of("Show every key, its value and where that comes from")
                        .gives(Schema.ref("Settings"))
                        .rule(Spec.Rule.TAGGED);
        Spec change =
                Spec.of(
                                "Change live keys, by path: {\"settings\": {\"recognition.threshold\": 0.7}};"
                                        + " null takes a setting away")
                        .takes(Schema.object().with("settings", Schema.mapOf(Plain.ANY)))
                        .gives(Schema.ref("Settings"))
                        .rule(Spec.Rule.TAGGED)
                        .rule(Spec.Rule.NEEDS_IF_MATCH);
        Spec history =
                Spec.of("List changes, newest first")
                        .paged()
                        .gives(Paging.shape("changes", Schema.ref("SettingChange")));
        return List.of(
                Endpoint.get("/api/v1/config", manage, get, _ -> Reply.tagged(all(settings))),
                Endpoint.patch("/api/v1/config", manage, change, this::change),
                Endpoint.get("/api/v1/config/history", manage, history, this::history));
    }

    private static ObjectNode all(SettingsService settings) {
        ObjectNode json = Json.object();
        json.set("settings", Json.array(settings.effective(), SettingsEndpoints::entry));
        return json;
    }

    private static ObjectNode entry(ConfigLayers.Entry entry) {
        ObjectNode json = Json.object();
        json.put("key", entry.path());
        json.set("value", entry.value());
        json.put("origin", entry.origin().name().toLowerCase(Locale.ROOT));
        json.put("live", entry.live());
        json.put("about", entry.about());
        return json;
    }

    private Reply change(Call call) throws IOException {
        ObjectNode wanted =
                call.json().object("settings").orElseThrow(() -> JsonFields.missing("settings"));
        Map<String, Optional<JsonNode>> changes = new HashMap<>();
        wanted.properties()
                .forEach(entry ->
                        changes.put(
                                entry.getKey(),
                                Optional.of(entry.getValue()).filter(node -> !node.isNull())));
        if (changes.isEmpty()) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "\"settings\" holds at least one key");
        }
        settings.change(changes, call.principal().id(), () -> call.ifMatch(all(settings)));
        return Reply.tagged(all(settings));
    }

    private Reply history(Call call) {
        Paging paging = Paging.of(call, 50, 1000);
        List<SettingChange> rows =
                settings.history(
                        paging.after().map(Long::parseLong), paging.offset(), paging.limit() + 1);
        return Reply.ok(
                paging.page(
                        "changes",
                        rows,
                        settings.countChanges(),
                        change -> Long.toString(change.id()),
                        SettingsEndpoints::change));
    }

    private static ObjectNode change(SettingChange change) {
        ObjectNode json = Json.object();
        json.put("change_id", change.id());
        json.put("key", change.key());
        json.set("before", change.before().orElse(null));
        json.set("after", change.after().orElse(null));
        json.put("changed_by", change.by());
        json.put("changed_at", Json.time(change.at()));
        return json;
    }
}
