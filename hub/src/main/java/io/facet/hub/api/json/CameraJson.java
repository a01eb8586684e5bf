package io.facet.hub.api.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.hub.cameras.CameraState;
import io.facet.hub.cameras.CameraView;
import io.facet.hub.cameras.Funnel;
import io.facet.hub.cameras.LiveFrame;
import io.facet.hub.cameras.LiveFrame.LiveFace;
import io.facet.hub.devices.Device;
import io.facet.hub.devices.DeviceReport;
import io.facet.hub.devices.SoftwareReport;
import io.facet.model.Camera;
import io.facet.model.CameraSource;
import java.util.Map;
import java.util.TreeMap;

/** Cameras, boxes and live pictures. */
public final class CameraJson {
    private CameraJson() {}

    /** A camera and how it does; its address without user and password. */
    public static ObjectNode camera(CameraView view) {
        Camera camera = view.camera();
        ObjectNode json = Json.object();
        json.put("camera_id", camera.id().toString());
        json.put("name", camera.name());
        switch (camera.source()) {
            case CameraSource.Stream(var address) ->
                    json.put("url", CameraSource.withoutSecrets(address));
            case CameraSource.Device(int index) -> json.put("device_id", index);
        }
        json.put("agent_id", camera.agent().toString());
        json.put("site_id", camera.site().toString());
        CameraRulesJson.write(json, camera.rules());
        json.put("applied_settings_revision", view.state().rulesRevision());
        state(json, view.state());
        json.put("added_at", Json.time(view.addedAt()));
        return json;
    }

    private static void state(ObjectNode json, CameraState state) {
        json.put("state", state.status().wireName());
        json.put("state_reason", state.reason());
        json.put("width", state.width());
        json.put("height", state.height());
        json.put("frames_per_second", Json.rounded(state.framesPerSecond()));
        state.since().ifPresent(since -> json.put("since", Json.time(since)));
        state.funnel()
                .ifPresent(counted -> {
                    json.put("frames_analysed", counted.framesAnalysed());
                    json.put("frames_shed", counted.framesShed());
                });
    }

    /** What became of a camera's frames and faces. */
    public static ObjectNode funnel(Camera camera, Funnel counted) {
        ObjectNode json = Json.object();
        json.put("camera_id", camera.id().toString());
        if (!counted.equals(Funnel.NOTHING)) {
            json.put("counting_since", Json.time(counted.since()));
        }
        ObjectNode frames = json.putObject("frames");
        frames.put("read", counted.framesRead());
        frames.put("off_schedule", counted.framesOffSchedule());
        frames.put("still", counted.framesStill());
        frames.put("motion", counted.framesWithMotion());
        frames.put("shed", counted.framesShed());
        frames.put("analysed", counted.framesAnalysed());
        frames.put("broken", counted.framesBroken());
        json.put("reconnects", counted.reconnects());
        json.put("detections", counted.detections());
        json.set("ignored_faces", counts(counted.ignoredFaces()));
        json.put("tracks", counted.tracks());
        json.set("quality_failures", counts(counted.qualityFailures()));
        json.put("looks", counted.looks());
        json.put("liveness_failures", counted.livenessFailures());
        ObjectNode matches = json.putObject("matches");
        matches.put("known", counted.known());
        matches.put("unknown", counted.unknown());
        matches.put("ambiguous", counted.ambiguous());
        json.put("recognised", counted.recognised());
        return json;
    }

    private static ObjectNode counts(Map<String, Long> counted) {
        ObjectNode json = Json.object();
        new TreeMap<>(counted).forEach(json::put);
        return json;
    }

    /** A box and its last report. */
    public static ObjectNode device(Device device) {
        ObjectNode json = Json.object();
        json.put("agent_id", device.agent().toString());
        json.put("site_id", device.site().toString());
        device.groups().labels().stream().sorted().forEach(json.putArray("groups")::add);
        json.put("online", device.online());
        json.put("registered_at", Json.time(device.registeredAt()));
        device.lastSeen().ifPresent(seen -> json.put("last_seen", Json.time(seen)));
        device.report().ifPresent(report -> report(json, report));
        return json;
    }

    private static void report(ObjectNode json, DeviceReport report) {
        json.put("version", report.version());
        json.put("space_id", report.space());
        json.put("ready", report.ready());
        json.put("not_ready_reason", report.notReadyReason());
        json.put("gallery_revision", report.galleryRevision());
        json.put("gallery_size", report.gallerySize());
        json.put("spool_depth", report.spoolDepth());
        json.put("dropped_events", report.droppedEvents());
        json.put("gallery_digest", report.galleryDigest());
        json.put("report_number", report.number());
        report.boot().ifPresent(boot -> json.put("boot_id", boot.toString()));
        report.load().ifPresent(load -> json.put("load", Json.rounded(load)));
        report.temperature().ifPresent(t -> json.put("temperature_c", Json.rounded(t)));
        if (!report.architecture().isEmpty()) {
            json.put("architecture", report.architecture());
            json.set("software", Json.array(report.software(), CameraJson::software));
        }
    }

    private static ObjectNode software(SoftwareReport software) {
        ObjectNode json = Json.object();
        json.put("product", software.product());
        json.put("version", software.version());
        json.put("state", software.state());
        json.put("reason", software.reason());
        json.put("sha256", software.sha256());
        json.put("bytes", software.bytes());
        return json;
    }

    /** A live picture: the JPEG is a binary node; boxes are in its pixels. */
    public static ObjectNode frame(LiveFrame frame) {
        ObjectNode json = Json.object();
        json.put("camera_id", frame.camera().toString());
        json.put("captured_at", Json.time(frame.capturedAt()));
        json.put("width", frame.width());
        json.put("height", frame.height());
        json.set("faces", Json.array(frame.faces(), CameraJson::liveFace));
        json.put("jpeg", frame.picture().bytes());
        return json;
    }

    private static ObjectNode liveFace(LiveFace face) {
        ObjectNode json = Json.object();
        json.set("box", FaceJson.box(face.box()));
        face.track().ifPresent(track -> json.put("track_id", track.toString()));
        face.person().ifPresent(person -> json.put("person_id", person.toString()));
        face.name().ifPresent(name -> json.put("name", name));
        json.put("confidence", Json.rounded(face.confidence()));
        return json;
    }
}
