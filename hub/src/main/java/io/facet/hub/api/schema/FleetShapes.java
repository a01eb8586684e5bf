package io.facet.hub.api.schema;

import static io.facet.hub.api.schema.Plain.ID;
import static io.facet.hub.api.schema.Plain.INTEGER;
import static io.facet.hub.api.schema.Plain.NUMBER;
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

/** Cameras, boxes, what they report, and the lists that it is held against. */
final class FleetShapes {
    private FleetShapes() {}

    static void addTo(Map<String, Schema> all) {
        cameras(all);
        devices(all);
        all.put("Event", event());
        lists(all);
    }

    private static void cameras(Map<String, Schema> all) {
        all.put(
                "Camera",
                object().with("camera_id", ID)
                        .with("name", TEXT)
                        .maybe("url", TEXT)
                        .maybe("device_id", INTEGER)
                        .with("agent_id", TEXT)
                        .with("site_id", TEXT)
                        .with("threshold", SHARE.orNull())
                        .with("zones", list(list(list(SHARE))))
                        .with("masks", list(list(list(SHARE))))
                        .with("min_face_size", INTEGER.orNull())
                        .with("inference_budget", NUMBER.orNull())
                        .with("schedule", ref("Schedule").orNull())
                        .with("settings_revision", INTEGER)
                        .with("applied_settings_revision", INTEGER)
                        .with("state", TEXT)
                        .with("state_reason", TEXT)
                        .with("width", INTEGER)
                        .with("height", INTEGER)
                        .with("frames_per_second", NUMBER)
                        .maybe("since", TIME)
                        .maybe("frames_analysed", INTEGER)
                        .maybe("frames_shed", INTEGER)
                        .with("added_at", TIME));
        all.put(
                "Schedule",
                object().with("time_zone", TEXT)
                        .with(
                                "hours",
                                list(
                                        object().with("days", list(TEXT))
                                                .with("from", TEXT)
                                                .with("to", TEXT))));
        all.put("Funnel", funnel());
    }

    private static void devices(Map<String, Schema> all) {
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
                object().with("mode", words("all", "none", "watchlists"))
                        .with("watchlists", list(ID)));
        all.put(
                "Device",
                object().with("agent_id", TEXT)
                        .with("site_id", TEXT)
                        .with("groups", list(TEXT))
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
                        .maybe("dropped_events", INTEGER)
                        .maybe("gallery_digest", TEXT)
                        .maybe("report_number", INTEGER)
                        .maybe("boot_id", ID)
                        .maybe("load", NUMBER)
                        .maybe("temperature_c", NUMBER)
                        .maybe("architecture", TEXT)
                        .maybe(
                                "software",
                                list(
                                        object().with("product", TEXT)
                                                .with("version", TEXT)
                                                .with("state", TEXT)
                                                .with("reason", TEXT)
                                                .with("sha256", TEXT)
                                                .with("bytes", INTEGER))));
    }

    private static Fields funnel() {
        return object().with("camera_id", ID)
                .maybe("counting_since", TIME)
                .with(
                        "frames",
                        object().with("read", INTEGER)
                                .with("off_schedule", INTEGER)
                                .with("still", INTEGER)
                                .with("motion", INTEGER)
                                .with("shed", INTEGER)
                                .with("analysed", INTEGER)
                                .with("broken", INTEGER))
                .with("reconnects", INTEGER)
                .with("detections", INTEGER)
                .with("ignored_faces", Schema.mapOf(INTEGER))
                .with("tracks", INTEGER)
                .with("quality_failures", Schema.mapOf(INTEGER))
                .with("looks", INTEGER)
                .with("liveness_failures", INTEGER)
                .with(
                        "matches",
                        object().with("known", INTEGER)
                                .with("unknown", INTEGER)
                                .with("ambiguous", INTEGER))
                .with("recognised", INTEGER);
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
}
