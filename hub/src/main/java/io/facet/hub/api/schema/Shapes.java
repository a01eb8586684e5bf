package io.facet.hub.api.schema;

import static io.facet.hub.api.schema.Plain.ANY;
import static io.facet.hub.api.schema.Plain.ID;
import static io.facet.hub.api.schema.Plain.INTEGER;
import static io.facet.hub.api.schema.Plain.NUMBER;
import static io.facet.hub.api.schema.Plain.SHARE;
import static io.facet.hub.api.schema.Plain.TEXT;
import static io.facet.hub.api.schema.Plain.TEXTS;
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
    private static final Fields PERSON =
            object().with("person_id", ID)
                    .with("name", TEXT)
                    .with("external_id", TEXT.orNull())
                    .with("metadata", TEXTS)
                    .with("face_count", INTEGER)
                    .with("created_at", TIME);

    private static final Fields FACE =
            object().with("face_id", ID)
                    .with("name", TEXT)
                    .with("person_id", ID)
                    .with("quality_score", SHARE)
                    .with("quality", ref("Quality"))
                    .with("metadata", TEXTS)
                    .with("added_at", TIME)
                    .with("picture_url", TEXT);

    private static final Fields FOUND = object().with("box", ref("Box")).with("score", SHARE);

    private Shapes() {}

    /** Every named shape. */
    public static Map<String, Schema> all() {
        Map<String, Schema> all = new TreeMap<>();
        faces(all);
        pictures(all);
        fleet(all);
        lists(all);
        jobs(all);
        settings(all);
        OfficeShapes.addTo(all);
        all.put("Problem", problem());
        return all;
    }

    private static void faces(Map<String, Schema> all) {
        all.put("Person", PERSON);
        all.put("PersonWithFaces", PERSON.and(object().with("faces", list(ref("Face")))));
        all.put("Face", FACE);
        all.put("EnrolledFace", FACE.and(object().with("new_person", TRUTH)));
        all.put(
                "QualityComponent",
                object().with("value", NUMBER)
                        .with("limit", NUMBER)
                        .with("passed", TRUTH)
                        .with("iso_name", TEXT)
                        .with("hint", TEXT));
        Schema component = ref("QualityComponent");
        all.put(
                "Quality",
                object().with("overall", SHARE)
                        .with("passed", TRUTH)
                        .with("sharpness", component)
                        .with("brightness", component)
                        .with("contrast", component)
                        .with("face_size", component)
                        .with("pose_deviation", component)
                        .with("eye_openness", component));
    }

    private static void pictures(Map<String, Schema> all) {
        all.put(
                "Box",
                object().with("x", NUMBER)
                        .with("y", NUMBER)
                        .with("width", NUMBER)
                        .with("height", NUMBER));
        all.put(
                "Liveness",
                object().with("performed", TRUTH)
                        .maybe("passed", TRUTH)
                        .maybe("score", SHARE)
                        .maybe("not_performed_reasons", list(TEXT)));
        all.put(
                "Candidate",
                object().with("person_id", ID)
                        .with("face_id", ID)
                        .with("name", TEXT)
                        .with("confidence", SHARE)
                        .with("similarity", NUMBER));
        all.put(
                "Trace",
                object().with("threshold", SHARE)
                        .with("threshold_source", words("system", "watchlist", "request"))
                        .with("margin", SHARE)
                        .with("searched", INTEGER)
                        .with("quality_passed", TRUTH)
                        .with("failed_quality", list(TEXT))
                        .with("best_confidence", SHARE.orNull())
                        .with("runners_up", list(ref("Candidate"))));
        all.put(
                "RecognisedFace",
                FOUND.with("decision", words("known", "unknown", "ambiguous", "too_poor", "spoof"))
                        .with("candidates", list(ref("Candidate")))
                        .with("quality", ref("Quality"))
                        .with("liveness", ref("Liveness"))
                        .maybe("expressions", Schema.mapOf(SHARE))
                        .with("trace", ref("Trace")));
        all.put("Recognition", picture(ref("RecognisedFace")));
        all.put("FoundFace", FOUND.with("landmarks", list(ref("Point"))));
        all.put("Point", object().with("x", NUMBER).with("y", NUMBER));
        all.put("Detection", picture(ref("FoundFace")));
        all.put("MeasuredFace", FOUND.with("quality", ref("Quality")));
        all.put("Measurement", picture(ref("MeasuredFace")));
        checks(all);
    }

    private static void checks(Map<String, Schema> all) {
        all.put(
                "LivenessSession",
                object().with("session_id", TEXT)
                        .with("pictures", INTEGER)
                        .with("score", SHARE)
                        .with("passed", TRUTH)
                        .with("expires_at", TIME));
        all.put(
                "LivenessCheck",
                FOUND.with("width", INTEGER)
                        .with("height", INTEGER)
                        .with("liveness", ref("Liveness"))
                        .maybe("session", ref("LivenessSession")));
        all.put(
                "Verification",
                FOUND.with("verdict", words("match", "no_match", "spoof"))
                        .with("match", TRUTH)
                        .with("threshold", SHARE)
                        .maybe("confidence", SHARE)
                        .maybe("similarity", NUMBER)
                        .maybe("face_id", ID)
                        .with("quality", ref("Quality"))
                        .with("liveness", ref("Liveness")));
    }

    private static Fields picture(Schema face) {
        return object().with("width", INTEGER).with("height", INTEGER).with("faces", list(face));
    }

    private static void fleet(Map<String, Schema> all) {
        all.put(
                "Camera",
                object().with("camera_id", ID)
                        .with("name", TEXT)
                        .maybe("url", TEXT)
                        .maybe("device_id", INTEGER)
                        .with("agent_id", TEXT)
                        .with("site_id", TEXT)
                        .with("threshold", SHARE.orNull())
                        .with("state", TEXT)
                        .with("state_reason", TEXT)
                        .with("width", INTEGER)
                        .with("height", INTEGER)
                        .with("frames_per_second", NUMBER)
                        .maybe("since", TIME)
                        .with("added_at", TIME));
        all.put(
                "Erasure",
                object().with("person_id", ID)
                        .with("erased_at", TIME)
                        .with("revision", INTEGER)
                        .with(
                                "devices",
                                list(
                                        object().with("agent_id", TEXT)
                                                .with("online", TRUTH)
                                                .with("erased", TRUTH)
                                                .maybe("gallery_revision", INTEGER))));
        all.put(
                "GallerySelection",
                object().with("mode", Schema.words("all", "none", "watchlists"))
                        .with("watchlists", list(ID)));
        all.put(
                "Device",
                object().with("agent_id", TEXT)
                        .with("site_id", TEXT)
                        .with("online", TRUTH)
                        .with("registered_at", TIME)
                        .maybe("last_seen", TIME)
                        .maybe("version", TEXT)
                        .maybe("space_id", TEXT)
                        .maybe("ready", TRUTH)
                        .maybe("not_ready_reason", TEXT)
                        .maybe("gallery_revision", INTEGER)
                        .maybe("gallery_size", INTEGER)
                        .maybe("spool_depth", INTEGER)
                        .maybe("dropped_events", INTEGER));
        all.put("Event", event());
    }

    private static Fields event() {
        return object().with("event_id", ID)
                .with("kind", TEXT)
                .maybe("face_id", ID)
                .maybe("person_id", ID)
                .maybe("name", TEXT)
                .maybe("confidence", SHARE)
                .maybe("similarity", NUMBER)
                .maybe("threshold", SHARE)
                .maybe("track_id", ID)
                .maybe("watchlists", list(ref("WatchlistRef")))
                .maybe("box", ref("Box"))
                .maybe("frame_width", INTEGER)
                .maybe("frame_height", INTEGER)
                .maybe("frames_seen", INTEGER)
                .maybe("quality", SHARE)
                .maybe("liveness", ref("Liveness"))
                .maybe("reason", TEXT)
                .with("camera_id", ID)
                .maybe("camera_name", TEXT)
                .with("timestamp", TIME)
                .with("captured_at", TIME)
                .with("received_at", TIME)
                .with("site_id", TEXT)
                .with("agent_id", TEXT)
                .with("sequence", INTEGER)
                .with("simulated", TRUTH)
                .with("historical", TRUTH)
                .maybe("crop_url", TEXT);
    }

    private static void lists(Map<String, Schema> all) {
        all.put(
                "Watchlist",
                object().with("watchlist_id", ID)
                        .with("name", TEXT)
                        .with("threshold", SHARE.orNull())
                        .with("colour", TEXT)
                        .with("expires_at", TIME.orNull())
                        .with("camera_ids", list(ID))
                        .with("site_ids", list(TEXT))
                        .with("created_at", TIME)
                        .with("updated_at", TIME));
        all.put(
                "WatchlistRef",
                object().with("watchlist_id", ID).with("name", TEXT).with("colour", TEXT));
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
