package io.facet.hub.api.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.events.HubEvent;
import io.facet.hub.events.HubEvent.Look;
import io.facet.hub.events.HubEvent.Origin;
import io.facet.hub.events.HubEvent.RecognitionDetails;
import io.facet.model.CameraId;
import java.time.Instant;

/** What is pushed to viewers: the brief's fields first, more beside them. */
public final class LiveEventJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LiveEventJson() {}

    /** The data of an event. */
    public static ObjectNode data(HubEvent event) {
        return switch (event) {
            case HubEvent.FaceAdded added -> {
                ObjectNode json = Json.object();
                json.put("face_id", added.faceId().toString());
                json.put("name", added.name());
                json.put("quality_score", Json.rounded(added.qualityScore()));
                json.put("added_at", Json.time(added.addedAt()));
                json.put("person_id", added.personId().toString());
                yield json;
            }
            case HubEvent.FaceDeleted deleted -> {
                ObjectNode json = Json.object();
                json.put("face_id", deleted.faceId().toString());
                json.put("name", deleted.name());
                json.put("deleted_at", Json.time(deleted.deletedAt()));
                json.put("person_id", deleted.personId().toString());
                yield json;
            }
            case HubEvent.FaceRecognized seen -> {
                ObjectNode json = Json.object();
                json.put("face_id", seen.faceId().toString());
                json.put("name", seen.name());
                camera(json, seen.cameraId(), seen.cameraName());
                json.put("confidence", Json.rounded(seen.confidence()));
                json.put("timestamp", Json.time(seen.timestamp()));
                yield details(json, seen.details());
            }
            case HubEvent.RecognitionUpdated seen -> {
                ObjectNode json = Json.object();
                json.put("face_id", seen.faceId().toString());
                json.put("name", seen.name());
                camera(json, seen.cameraId(), seen.cameraName());
                json.put("confidence", Json.rounded(seen.confidence()));
                json.put("timestamp", Json.time(seen.timestamp()));
                yield details(json, seen.details());
            }
            case HubEvent.RecognitionRetracted retracted -> {
                ObjectNode json =
                        at(retracted.cameraId(), retracted.cameraName(), retracted.timestamp());
                json.put("track_id", retracted.trackId().toString());
                json.put("reason", retracted.reason());
                yield origin(json, retracted.origin());
            }
            case HubEvent.UnknownSeen unknown -> {
                ObjectNode json = at(unknown.cameraId(), unknown.cameraName(), unknown.timestamp());
                json.put("track_id", unknown.trackId().toString());
                origin(json, unknown.origin());
                yield look(json, unknown.look(), unknown.origin());
            }
            case HubEvent.CameraConnected connected -> {
                ObjectNode json =
                        at(connected.cameraId(), connected.cameraName(), connected.timestamp());
                json.put("site_id", connected.siteId().toString());
                json.put("agent_id", connected.agentId().toString());
                yield json;
            }
            case HubEvent.CameraDisconnected gone -> {
                ObjectNode json = at(gone.cameraId(), gone.cameraName(), gone.timestamp());
                json.put("reason", gone.reason());
                json.put("site_id", gone.siteId().toString());
                json.put("agent_id", gone.agentId().toString());
                yield json;
            }
            case HubEvent.AlertRaised raised -> AlertJson.event(raised.alert(), raised.timestamp());
            case HubEvent.AlertResolved resolved ->
                    AlertJson.event(resolved.alert(), resolved.timestamp());
            case HubEvent.Custom custom -> custom(custom);
        };
    }

    private static ObjectNode custom(HubEvent.Custom custom) {
        JsonNode data = JSON.valueToTree(custom.data());
        ObjectNode json = Json.object();
        data.properties().forEach(entry -> json.set(entry.getKey(), entry.getValue()));
        if (!json.has("timestamp")) {
            json.put("timestamp", Json.time(custom.timestamp()));
        }
        json.put("simulated", true);
        return json;
    }

    private static ObjectNode at(CameraId camera, String name, Instant timestamp) {
        ObjectNode json = Json.object();
        camera(json, camera, name);
        json.put("timestamp", Json.time(timestamp));
        return json;
    }

    private static void camera(ObjectNode json, CameraId camera, String name) {
        json.put("camera_id", camera.toString());
        json.put("camera_name", name);
    }

    private static ObjectNode details(ObjectNode json, RecognitionDetails details) {
        json.put("person_id", details.personId().toString());
        json.put("track_id", details.trackId().toString());
        json.put("similarity", Json.rounded(details.similarity()));
        json.put("threshold", Json.rounded(details.threshold()));
        json.set("watchlists", WatchlistJson.refs(details.watchlists()));
        origin(json, details.origin());
        return look(json, details.look(), details.origin());
    }

    private static ObjectNode look(ObjectNode json, Look look, Origin origin) {
        json.set("box", FaceJson.box(look.box()));
        json.put("frame_width", look.frameWidth());
        json.put("frame_height", look.frameHeight());
        json.put("quality", Json.rounded(look.quality()));
        json.set("liveness", FaceJson.liveness(look.liveness()));
        if (look.hasCrop()) {
            json.put("crop_url", cropUrl(origin.eventId().toString()));
        }
        return json;
    }

    private static ObjectNode origin(ObjectNode json, Origin origin) {
        json.put("event_id", origin.eventId().toString());
        json.put("site_id", origin.siteId().toString());
        json.put("agent_id", origin.agentId().toString());
        json.put("captured_at", Json.time(origin.capturedAt()));
        json.put("received_at", Json.time(origin.receivedAt()));
        json.put("simulated", origin.simulated());
        json.put("historical", origin.historical());
        return json;
    }

    static String cropUrl(String eventId) {
        return "/api/v1/events/" + eventId + "/crop.jpg";
    }
}
