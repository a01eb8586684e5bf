package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.RolloutJson;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.security.Permission;
import io.facet.hub.software.Plan;
import io.facet.hub.software.RolloutService;
import io.facet.hub.software.RolloutService.View;
import io.facet.hub.software.Sha256;
import io.facet.hub.software.Stage;
import io.facet.model.SiteScope;
import io.facet.model.Uuid7;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Roll-outs of releases and models to boxes, in stages. */
final class RolloutEndpoints {
    private static final String ALL = "/api/v1/rollouts";
    private static final String ONE = ALL + "/{rollout_id}";
    private static final Schema SHAPE = Schema.ref("Rollout");
    private static final int HOLD_SECONDS = 3600;
    private static final Schema.Fields STAGE =
            Schema.object()
                    .maybe("groups", Schema.list(Plain.TEXT))
                    .maybe("percent", Plain.INTEGER);

    private final RolloutService rollouts;

    RolloutEndpoints(RolloutService rollouts) {
        this.rollouts = rollouts;
    }

    List<Endpoint> all() {
        Access manage = new Access.Needs(Permission.MANAGE_SOFTWARE);
        Spec start =
                Spec.of("Bring artefacts to the boxes, stage by stage")
                        .takes(
                                Schema.object()
                                        .with("artefacts", Schema.list(Plain.TEXT))
                                        .with("stages", Schema.list(STAGE))
                                        .maybe("hold_seconds", Plain.INTEGER)
                                        .maybe("max_failures", Plain.INTEGER)
                                        .maybe("sites", Schema.list(Plain.TEXT)))
                        .gives(201, SHAPE);
        Spec list =
                Spec.of("List roll-outs, in the order they began")
                        .paged()
                        .gives(Paging.shape("rollouts", SHAPE));
        Spec devices =
                Spec.of("List the boxes of a roll-out and how they stand to it, by name")
                        .paged()
                        .gives(Paging.shape("devices", Schema.ref("RolloutDevice")));
        return List.of(
                Endpoint.post(ALL, manage, start, this::start),
                Endpoint.get(ALL, manage, list, this::list),
                Endpoint.get(ONE, manage, Spec.of("Show a roll-out").gives(SHAPE), this::get),
                Endpoint.get(ONE + "/devices", manage, devices, this::devices),
                turn("pause", "Ask no other box for now", rollouts::pause),
                turn("resume", "Go on, also after a halt", rollouts::resume),
                turn("stop", "End it; boxes keep what they run", rollouts::stop),
                turn(
                        "roll-back",
                        "End it, and have its boxes run the models they ran before",
                        rollouts::rollBack));
    }

    /** Changes where a roll-out stands. */
    private interface Turn {
        View of(UUID id, SiteScope sites);
    }

    private static Endpoint turn(String verb, String summary, Turn turn) {
        return Endpoint.post(
                ONE + "/" + verb,
                new Access.Needs(Permission.MANAGE_SOFTWARE),
                Spec.of(summary).gives(SHAPE),
                call -> Reply.ok(RolloutJson.rollout(turn.of(id(call), call.sites()))));
    }

    private static UUID id(Call call) {
        return call.path("rollout_id", Uuid7::parse);
    }

    private Reply start(Call call) throws IOException {
        JsonFields body = call.json();
        List<Sha256> artefacts =
                body.list("artefacts").orElseThrow(() -> JsonFields.missing("artefacts")).stream()
                        .map(Sha256::new)
                        .toList();
        Plan plan =
                new Plan(
                        stages(body),
                        Duration.ofSeconds(body.integer("hold_seconds").orElse(HOLD_SECONDS)),
                        body.integer("max_failures").orElse(0),
                        Grants.sites(body.list("sites"), call.sites()));
        return Reply.created(
                RolloutJson.rollout(rollouts.start(artefacts, plan, call.principal().id())));
    }

    private static List<Stage> stages(JsonFields body) {
        JsonNode nodes = body.node("stages").orElseThrow(() -> JsonFields.missing("stages"));
        if (!nodes.isArray()) {
            throw JsonFields.invalid("\"stages\" must be a list");
        }
        List<Stage> stages = new ArrayList<>();
        for (JsonNode node : nodes) {
            JsonFields stage = JsonFields.of(node, "stages", STAGE.fields().keySet());
            Set<String> groups = new HashSet<>(stage.list("groups").orElse(List.of()));
            stages.add(new Stage(groups, stage.integer("percent").orElse(100)));
        }
        return stages;
    }

    private Reply list(Call call) {
        return Reply.ok(
                Paging.of(call, 50, 1000)
                        .cut(
                                "rollouts",
                                rollouts.list(call.sites()),
                                view -> view.rollout().id().toString(),
                                RolloutJson::rollout));
    }

    private Reply get(Call call) {
        return rollouts.get(id(call), call.sites())
                .map(view -> Reply.ok(RolloutJson.rollout(view)))
                .orElseThrow(RolloutEndpoints::none);
    }

    private Reply devices(Call call) {
        ObjectNode page =
                Paging.of(call, 1000, 1000)
                        .cut(
                                "devices",
                                rollouts.members(id(call), call.sites())
                                        .orElseThrow(RolloutEndpoints::none),
                                member -> member.device().agent().value(),
                                RolloutJson::device);
        return Reply.ok(page);
    }

    private static FacetException none() {
        return new FacetException(ErrorCode.NOT_FOUND, "there is no such roll-out");
    }
}
