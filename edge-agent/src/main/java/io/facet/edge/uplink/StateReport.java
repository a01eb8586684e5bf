package io.facet.edge.uplink;

import com.google.protobuf.ByteString;
import io.facet.edge.camera.CameraCounters;
import io.facet.edge.camera.CameraStatus;
import io.facet.edge.outbox.OutboxStats;
import io.facet.edge.uplink.Link.Outgoing;
import io.facet.model.AgentId;
import io.facet.wire.Topics;
import io.facet.wire.WireIds;
import io.facet.wire.WireTimes;
import io.facet.wire.v1.AgentState;
import io.facet.wire.v1.CameraCounts;
import io.facet.wire.v1.ReportedCamera;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The agent's retained state: birth, life and death. Thread-safe. */
final class StateReport {
    private final AgentId agent;
    private final UUID boot;
    private final String version;
    private final Supplier<Vitals> vitals;
    private final Supplier<OutboxStats> outbox;
    private final InstantSource clock;
    private final AtomicLong said = new AtomicLong();

    StateReport(
            AgentId agent,
            UUID boot,
            String version,
            Supplier<Vitals> vitals,
            Supplier<OutboxStats> outbox,
            InstantSource clock) {
        this.agent = agent;
        this.boot = boot;
        this.version = version;
        this.vitals = vitals;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** How the agent is now. */
    Outgoing alive() {
        Vitals now = vitals.get();
        OutboxStats spool = outbox.get();
        AgentState.Builder state =
                base(true)
                        .setSpaceId(now.space())
                        .setReady(now.ready())
                        .setNotReadyReason(now.notReadyReason())
                        .setGalleryRevision(now.galleryRevision())
                        .setGalleryDigest(ByteString.copyFrom(now.galleryDigest()))
                        .setGallerySize(now.gallerySize())
                        .setSpoolDepth((int) Math.min(Integer.MAX_VALUE, spool.waiting()))
                        .setDroppedEvents(spool.dropped())
                        .addAllSoftware(now.software())
                        .setArchitecture(now.architecture())
                        .setNumber(said.incrementAndGet());
        now.machine().load().ifPresent(load -> state.setLoad((float) load));
        now.machine().temperature().ifPresent(degrees -> state.setTemperatureC((float) degrees));
        now.cameras().forEach(camera -> state.addCameras(reported(camera)));
        return outgoing(state.build());
    }

    /** That the agent is gone; also the will. */
    Outgoing gone() {
        return outgoing(base(false).build());
    }

    private AgentState.Builder base(boolean online) {
        return AgentState.newBuilder()
                .setOnline(online)
                .setBootId(WireIds.bytes(boot))
                .setVersion(version)
                .setAtUs(WireTimes.micros(clock.instant()));
    }

    private static ReportedCamera reported(CameraStatus status) {
        return ReportedCamera.newBuilder()
                .setCameraId(WireIds.bytes(status.camera().value()))
                .setState(status.state().wireName())
                .setReason(status.reason())
                .setWidth(status.width())
                .setHeight(status.height())
                .setFramesPerSecond(status.framesPerSecond())
                .setSinceUs(WireTimes.micros(status.since()))
                .setCounts(counts(status.counts()))
                .setRulesRevision(status.rulesRevision())
                .build();
    }

    private static CameraCounts counts(CameraCounters.Snapshot counted) {
        return CameraCounts.newBuilder()
                .setCountingSinceUs(WireTimes.micros(counted.since()))
                .setFramesRead(counted.framesRead())
                .setFramesShed(counted.framesShed())
                .setFramesOffSchedule(counted.framesOffSchedule())
                .setFramesStill(counted.framesStill())
                .setFramesAnalysed(counted.framesAnalysed())
                .setFramesBroken(counted.framesBroken())
                .setReconnects(counted.reconnects())
                .setDetections(counted.detections())
                .putAllIgnoredFaces(counted.ignoredFaces())
                .setTracks(counted.tracks())
                .putAllQualityFailures(counted.qualityFailures())
                .setLooks(counted.looks())
                .setLivenessFailures(counted.livenessFailures())
                .setKnown(counted.known())
                .setUnknown(counted.unknown())
                .setAmbiguous(counted.ambiguous())
                .setRecognised(counted.recognised())
                .build();
    }

    private Outgoing outgoing(AgentState state) {
        return new Outgoing(
                Topics.state(agent), state.toByteArray(), Link.Quality.AT_LEAST_ONCE, true);
    }
}
