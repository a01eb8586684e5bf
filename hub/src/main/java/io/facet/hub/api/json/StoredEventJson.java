package io.facet.hub.api.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.events.EventKind;
import io.facet.hub.events.StoredEvent;
import io.facet.model.FaceEvent;
import io.facet.model.TrackId;

/** Events of the store, with the names of the live events. */
public final class StoredEventJson {
    private StoredEventJson() {}

    /** One event. */
    public static ObjectNode event(StoredEvent stored) {
        FaceEvent.Header header = stored.event().header();
        ObjectNode json = Json.object();
        json.put("event_id", header.id().toString());
        json.put("kind", EventKind.of(stored.event()).wireName());
        body(json, stored);
        json.put("camera_id", header.camera().toString());
        stored.cameraName().ifPresent(name -> json.put("camera_name", name));
        json.put("timestamp", Json.time(stored.occurredAt()));
        json.put("captured_at", Json.time(header.capturedAt()));
        json.put("received_at", Json.time(stored.receivedAt()));
        json.put("site_id", header.site().toString());
        json.put("agent_id", header.agent().toString());
        json.put("sequence", header.sequence());
        json.put("simulated", header.simulated());
        json.put("historical", stored.historical());
        if (stored.hasCrop()) {
            json.put("crop_url", LiveEventJson.cropUrl(header.id().toString()));
        }
        if (stored.hasClip()) {
            json.put("clip_url", "/api/v1/events/" + header.id() + "/clip");
        }
        return json;
    }

    private static void body(ObjectNode json, StoredEvent stored) {
        switch (stored.event()) {
            case FaceEvent.Recognised seen ->
                    recognition(json, stored, seen.track(), seen.identity(), seen.sighting());
            case FaceEvent.RecognitionUpdated seen ->
                    recognition(json, stored, seen.track(), seen.identity(), seen.sighting());
            case FaceEvent.RecognitionRetracted retracted -> {
                json.put("track_id", retracted.track().toString());
                json.put("reason", retracted.reason());
            }
            case FaceEvent.UnknownSeen unknown -> {
                json.put("track_id", unknown.track().toString());
                sighting(json, unknown.sighting());
            }
            case FaceEvent.CameraConnected _ -> {}
            case FaceEvent.CameraDisconnected gone -> json.put("reason", gone.reason());
        }
    }

    private static void recognition(
            ObjectNode json,
            StoredEvent stored,
            TrackId track,
            FaceEvent.Identity identity,
            FaceEvent.Sighting sighting) {
        json.put("face_id", identity.face().toString());
        json.put("person_id", identity.person().toString());
        stored.personName().ifPresent(name -> json.put("name", name));
        json.put("confidence", Json.rounded(identity.confidence()));
        json.put("similarity", Json.rounded(identity.similarity()));
        json.put("threshold", Json.rounded(identity.threshold()));
        json.set("watchlists", WatchlistJson.refs(stored.watchlists()));
        json.put("track_id", track.toString());
        sighting(json, sighting);
    }

    private static void sighting(ObjectNode json, FaceEvent.Sighting sighting) {
        json.set("box", FaceJson.box(sighting.box()));
        json.put("frame_width", sighting.frameWidth());
        json.put("frame_height", sighting.frameHeight());
        json.put("quality", Json.rounded(sighting.quality()));
        json.set("liveness", FaceJson.liveness(sighting.liveness()));
        json.put("frames_seen", sighting.framesSeen());
    }
}
