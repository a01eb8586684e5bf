package io.facet.hub.api.schema;

import static io.facet.hub.api.schema.Plain.ID;
import static io.facet.hub.api.schema.Plain.INTEGER;
import static io.facet.hub.api.schema.Plain.TEXT;
import static io.facet.hub.api.schema.Plain.TIME;
import static io.facet.hub.api.schema.Plain.TRUTH;
import static io.facet.hub.api.schema.Schema.list;
import static io.facet.hub.api.schema.Schema.object;
import static io.facet.hub.api.schema.Schema.words;

import io.facet.hub.software.Rollout;
import io.facet.hub.software.Standing;
import java.util.Arrays;
import java.util.Map;

/** What boxes run, and how it comes to them. */
final class SoftwareShapes {
    private SoftwareShapes() {}

    static void addTo(Map<String, Schema> all) {
        all.put(
                "Artefact",
                object().with("sha256", TEXT)
                        .with("product", TEXT)
                        .with("version", TEXT)
                        .with("architecture", TEXT)
                        .with("size", INTEGER)
                        .maybe("space_id", TEXT)
                        .with("added_by", TEXT)
                        .with("added_at", TIME)
                        .with("here", TRUTH));
        all.put("Rollout", rollout());
        all.put(
                "RolloutDevice",
                object().with("agent_id", TEXT)
                        .with("site_id", TEXT)
                        .with("online", TRUTH)
                        .with("state", words(standings()))
                        .with("reason", TEXT)
                        .maybe("sha256", TEXT)
                        .maybe("bytes", INTEGER)
                        .maybe("asked_at", TIME)
                        .maybe("changed_at", TIME));
    }

    private static Schema rollout() {
        Schema.Fields counts = object();
        for (String standing : standings()) {
            counts = counts.with(standing, INTEGER);
        }
        return object().with("rollout_id", ID)
                .with("product", TEXT)
                .with("version", TEXT)
                .with("artefacts", list(TEXT))
                .with("stages", list(object().with("groups", list(TEXT)).with("percent", INTEGER)))
                .with("hold_seconds", INTEGER)
                .with("max_failures", INTEGER)
                .maybe("sites", list(TEXT))
                .with("state", words(states()))
                .with("reason", TEXT)
                .with("stage", INTEGER)
                .maybe("well_since", TIME)
                .maybe("next_at", TIME)
                .with("started_by", TEXT)
                .with("started_at", TIME)
                .with("changed_at", TIME)
                .with("devices", counts);
    }

    private static String[] states() {
        return Arrays.stream(Rollout.State.values())
                .map(Rollout.State::wireName)
                .toArray(String[]::new);
    }

    private static String[] standings() {
        return Arrays.stream(Standing.values()).map(Standing::wireName).toArray(String[]::new);
    }
}
