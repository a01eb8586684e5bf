package io.facet.edge;

import io.facet.edge.camera.CameraFleet;
import io.facet.edge.camera.CameraStatus;
import io.facet.edge.gallery.LocalGallery;
import io.facet.edge.health.Health;
import io.facet.edge.health.Machine;
import io.facet.edge.outbox.Outbox;
import io.facet.edge.outbox.OutboxStats;
import io.facet.edge.software.SoftwareUpdate;
import io.facet.edge.sync.GallerySync;
import io.facet.edge.uplink.Uplink;
import io.facet.edge.uplink.Vitals;
import io.facet.error.ErrorCode;
import io.facet.update.Installation;
import io.facet.vision.pipeline.Vision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What the parts say of themselves, put together for the hub and for the health page. */
record AgentReport(
        Vision vision,
        Optional<String> flaw,
        CameraFleet fleet,
        LocalGallery gallery,
        GallerySync sync,
        Outbox outbox,
        Optional<ClipParts> clips,
        SoftwareUpdate software,
        Supplier<Map<String, Object>> certificate) {

    Vitals vitals() {
        return new Vitals(
                vision.space().id(),
                flaw.isEmpty(),
                flaw.orElse(""),
                fleet.statuses(),
                gallery.revision(),
                gallery.digest(),
                gallery.size(),
                Machine.now(),
                software.reports(),
                Installation.architecture());
    }

    Health health(Uplink uplink) {
        Map<String, Object> components = new LinkedHashMap<>();
        components.put(
                "uplink", Map.of("connected", uplink.connected(), "trouble", uplink.trouble()));
        components.put(
                "gallery",
                Map.of(
                        "revision", gallery.revision(),
                        "faces", gallery.size(),
                        "trouble", sync.trouble()));
        components.put("outbox", outboxState());
        clips.ifPresent(parts -> components.put("clips", parts.state()));
        components.put("software", software.shown());
        components.put("certificate", certificate.get());
        components.put("cameras", fleet.statuses().stream().map(AgentReport::camera).toList());
        return new Health(flaw.isEmpty(), flaw.orElse(""), components);
    }

    private Map<String, Object> outboxState() {
        OutboxStats stats = outbox.stats();
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("waiting", stats.waiting());
        state.put("bytes", stats.bytes());
        state.put("dropped_low", stats.droppedLow());
        state.put("dropped_high", stats.droppedHigh());
        state.put("unstored", stats.unstored());
        state.put("trouble", stats.trouble().map(ErrorCode::wireName).orElse(""));
        state.put("rejected", stats.rejected());
        stats.damagedFile().ifPresent(file -> state.put("damaged_file", file.toString()));
        return state;
    }

    private static Map<String, Object> camera(CameraStatus status) {
        return Map.of(
                "camera_id", status.camera().toString(),
                "state", status.state().wireName(),
                "reason", status.reason(),
                "width", status.width(),
                "height", status.height(),
                "frames_per_second", status.framesPerSecond(),
                "frames_analysed", status.counts().framesAnalysed(),
                "frames_shed", status.counts().framesShed());
    }
}
