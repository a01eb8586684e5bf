package io.facet.hub.api.schema;

import static io.facet.hub.api.schema.Plain.ANY;
import static io.facet.hub.api.schema.Plain.ID;
import static io.facet.hub.api.schema.Plain.INTEGER;
import static io.facet.hub.api.schema.Plain.SHARE;
import static io.facet.hub.api.schema.Plain.TEXT;
import static io.facet.hub.api.schema.Plain.TIME;
import static io.facet.hub.api.schema.Plain.TRUTH;
import static io.facet.hub.api.schema.Schema.list;
import static io.facet.hub.api.schema.Schema.object;
import static io.facet.hub.api.schema.Schema.ref;
import static io.facet.hub.api.schema.Schema.words;

import io.facet.hub.api.schema.Schema.Fields;
import java.util.Map;
import java.util.TreeMap;

/** The shapes that several calls share, by name. */
public final class Shapes {
    private Shapes() {}

    /** Every named shape. */
    public static Map<String, Schema> all() {
        Map<String, Schema> all = new TreeMap<>();
        FaceShapes.addTo(all);
        FleetShapes.addTo(all);
        SoftwareShapes.addTo(all);
        OfficeShapes.addTo(all);
        jobs(all);
        settings(all);
        all.put("Problem", problem());
        return all;
    }

    private static void jobs(Map<String, Schema> all) {
        all.put(
                "EnrolmentJob",
                object().with("job_id", ID)
                        .with(
                                "state",
                                words("running", "finished", "cancelled", "failed", "interrupted"))
                        .with("started_by", TEXT)
                        .with("started_at", TIME)
                        .with("ended_at", TIME.orNull())
                        .with("total", INTEGER.orNull())
                        .with("done", INTEGER)
                        .with("enrolled", INTEGER)
                        .with("refused", INTEGER)
                        .with("failure", TEXT.orNull()));
        all.put(
                "EnrolmentResult",
                object().with("number", INTEGER)
                        .with("file", TEXT)
                        .with("outcome", TEXT)
                        .with("detail", TEXT)
                        .maybe("face_id", ID)
                        .maybe("person_id", ID));
    }

    private static void settings(Map<String, Schema> all) {
        all.put(
                "Setting",
                object().with("key", TEXT)
                        .with("value", ANY)
                        .with("origin", words("environment", "setting", "file", "default"))
                        .with("live", TRUTH)
                        .with("about", TEXT));
        all.put(
                "SettingChange",
                object().with("change_id", INTEGER)
                        .with("key", TEXT)
                        .with("before", ANY)
                        .with("after", ANY)
                        .with("changed_by", TEXT)
                        .with("changed_at", TIME));
        all.put("Settings", object().with("settings", list(ref("Setting"))));
        all.put(
                "Models",
                object().with("present", ref("ModelProgress"))
                        .with("prepared", ref("ModelProgress").orNull()));
        all.put(
                "ModelProgress",
                object().with("pack", TEXT)
                        .with("space_id", TEXT)
                        .with("state", words("working", "complete", "stopped"))
                        .with("total", INTEGER)
                        .with("done", INTEGER)
                        .with("failed", INTEGER));
        all.put(
                "BareHealth",
                object().with("status", words("up", "down")).maybe("parts", list(ref("Part"))));
        all.put(
                "Health",
                object().with("status", words("up", "down")).with("parts", list(ref("Part"))));
        all.put("Part", object().with("name", TEXT).with("ok", TRUTH).with("detail", TEXT));
    }

    /** RFC 9457, with what some problems say beside it. */
    private static Fields problem() {
        return object().with("type", TEXT)
                .with("title", TEXT)
                .with("status", INTEGER)
                .with("detail", TEXT)
                .with("code", TEXT)
                .maybe("quality_score", SHARE)
                .maybe("quality", ref("Quality"))
                .maybe("reasons", list(object().with("key", TEXT).with("hint", TEXT)))
                .maybe("candidate", ref("Candidate"))
                .maybe("retry_after", INTEGER);
    }
}
