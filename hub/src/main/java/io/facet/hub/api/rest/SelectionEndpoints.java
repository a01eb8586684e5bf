package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.devices.DeviceService;
import io.facet.hub.security.Permission;
import io.facet.hub.sync.GallerySelection;
import io.facet.hub.sync.GallerySelections;
import io.facet.hub.watchlists.WatchlistId;
import io.facet.model.AgentId;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which edge box is told of whom. */
final class SelectionEndpoints {
    private static final String PATH = "/api/v1/devices/{agent_id}/gallery";

    private final DeviceService devices;
    private final GallerySelections selections;

    SelectionEndpoints(DeviceService devices, GallerySelections selections) {
        this.devices = devices;
        this.selections = selections;
    }

    List<Endpoint> all() {
        Access manage = new Access.Needs(Permission.MANAGE_DEVICES);
        Schema selection = Schema.ref("GallerySelection");
        return List.of(
                Endpoint.get(
                        PATH,
                        manage,
                        Spec.of("Show whom an edge box is told of").gives(selection),
                        this::get),
                Endpoint.put(
                        PATH,
                        manage,
                        Spec.of("Tell an edge box of everybody, nobody, or members of watchlists")
                                .takes(
                                        Schema.object()
                                                .with(
                                                        "mode",
                                                        Schema.words("all", "none", "watchlists"))
                                                .maybe("watchlists", Schema.list(Plain.ID)))
                                .gives(selection),
                        this::put));
    }

    private Reply get(Call call) {
        return Reply.ok(json(selections.of(box(call)).selection()));
    }

    private Reply put(Call call) throws IOException {
        GallerySelection wanted = selection(call.json());
        return Reply.ok(json(selections.select(box(call), wanted).selection()));
    }

    private AgentId box(Call call) {
        return devices.get(call.path("agent_id", AgentId::new), call.sites())
                .orElseThrow(() -> new FacetException(ErrorCode.NOT_FOUND, "there is no such box"))
                .agent();
    }

    private static GallerySelection selection(JsonFields body) {
        List<String> lists = body.list("watchlists").orElse(List.of());
        String mode = body.requiredText("mode");
        if (!mode.equals("watchlists") && !lists.isEmpty()) {
            throw JsonFields.invalid("watchlists go with the mode \"watchlists\" only");
        }
        return switch (mode) {
            case "all" -> new GallerySelection.Everybody();
            case "none" -> new GallerySelection.Nobody();
            case "watchlists" -> members(lists);
            default -> throw JsonFields.invalid("mode is \"all\", \"none\" or \"watchlists\"");
        };
    }

    private static GallerySelection members(List<String> lists) {
        try {
            return new GallerySelection.Members(
                    lists.stream().map(WatchlistId::parse).collect(Collectors.toSet()));
        } catch (IllegalArgumentException malformed) {
            throw JsonFields.invalid("watchlists: " + malformed.getMessage());
        }
    }

    private static ObjectNode json(GallerySelection selection) {
        ObjectNode json = Json.object();
        ArrayNode lists = json.arrayNode();
        switch (selection) {
            case GallerySelection.Everybody _ -> json.put("mode", "all");
            case GallerySelection.Nobody _ -> json.put("mode", "none");
            case GallerySelection.Members(Set<WatchlistId> chosen) -> {
                json.put("mode", "watchlists");
                chosen.stream().sorted().forEach(id -> lists.add(id.toString()));
            }
        }
        json.set("watchlists", lists);
        return json;
    }
}
