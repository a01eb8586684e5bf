package io.facet.hub.api.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.facet.hub.software.Member;
import io.facet.hub.software.Rollout;
import io.facet.hub.software.RolloutService.View;
import io.facet.hub.software.Stage;
import io.facet.hub.software.Standing;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;

/** Roll-outs and their boxes. */
public final class RolloutJson {
    private RolloutJson() {}

    /** A roll-out, and how many boxes stand how to it; stages count from 1. */
    public static ObjectNode rollout(View view) {
        Rollout rollout = view.rollout();
        ObjectNode json = Json.object();
        json.put("rollout_id", rollout.id().toString());
        json.put("product", rollout.product());
        json.put("version", rollout.version());
        json.set("artefacts", Json.array(rollout.artefacts(), a -> new TextNode(a.sha256().hex())));
        json.set("stages", Json.array(rollout.plan().stages(), RolloutJson::stage));
        json.put("hold_seconds", rollout.plan().hold().toSeconds());
        json.put("max_failures", rollout.plan().maxFailures());
        if (rollout.plan().sites() instanceof SiteScope.Only only) {
            only.sites().stream().map(SiteId::value).sorted().forEach(json.putArray("sites")::add);
        }
        json.put("state", rollout.state().wireName());
        json.put("reason", rollout.reason());
        json.put("stage", rollout.stage() + 1);
        rollout.wellSince()
                .ifPresent(since -> {
                    json.put("well_since", Json.time(since));
                    json.put("next_at", Json.time(since.plus(rollout.plan().hold())));
                });
        json.put("started_by", rollout.startedBy());
        json.put("started_at", Json.time(rollout.startedAt()));
        json.put("changed_at", Json.time(rollout.changedAt()));
        ObjectNode devices = json.putObject("devices");
        for (Standing standing : Standing.values()) {
            devices.put(standing.wireName(), view.devices().getOrDefault(standing, 0L));
        }
        return json;
    }

    private static ObjectNode stage(Stage stage) {
        ObjectNode json = Json.object();
        stage.groups().stream().sorted().forEach(json.putArray("groups")::add);
        json.put("percent", stage.percent());
        return json;
    }

    /** A box of a roll-out. */
    public static ObjectNode device(Member member) {
        ObjectNode json = Json.object();
        json.put("agent_id", member.device().agent().value());
        json.put("site_id", member.device().site().value());
        json.put("online", member.device().online());
        json.put("state", member.standing().wireName());
        json.put("reason", member.reason());
        member.asked()
                .ifPresent(asked -> {
                    json.put("sha256", asked.artefact().hex());
                    json.put("bytes", asked.bytes());
                    json.put("asked_at", Json.time(asked.askedAt()));
                    json.put("changed_at", Json.time(asked.changedAt()));
                });
        return json;
    }
}
